package org.experimaestro.workspace.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.workspace.Processes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 64 processes that take tokens at once, some of which are killed. */
@Tag("thorough")
@Timeout(300)
class TokenStressTest extends TokenFixture {
    private static final int PROCESSES = 64;
    private static final int KILLED = 8;
    private static final int TAKES = 4;
    private static final int LICENCES = 3;

    private final List<Process> racers = new ArrayList<>();

    @AfterEach
    void end() {
        racers.forEach(Process::destroyForcibly);
    }

    @Test
    void ask_manyProcessesOfWhichSomeAreKilled_neverOversubscribeAndAllOthersEnd() throws Exception {
        try (TokenDesk desk = desk()) {
            desk.declare("licence", LICENCES);
            desk.declare("disk", 1);
            for (int i = 0; i < PROCESSES; i++) {
                racers.add(Processes.java(
                        TokenRacer.class,
                        root.resolve(i + ".log"),
                        root.toString(),
                        Integer.toString(i),
                        Integer.toString(TAKES)));
            }
            Processes.await("all are there", () -> lines().size() == PROCESSES);
            Files.createFile(root.resolve(TokenRacer.GO));
            for (int i = 0; i < KILLED; i++) {
                int enough = PROCESSES + 20 * (i + 1);
                Processes.await("some takes", () -> lines().size() > enough);
                int victim = victim();
                TokenRacer.tell(root, victim + " killed");
                Processes.kill(racers.get(victim));
            }
            Set<Integer> killed = killed();
            for (int i = 0; i < PROCESSES; i++) {
                if (!killed.contains(i)) {
                    assertThat(Processes.await(racers.get(i)))
                            .as(Files.readString(root.resolve(i + ".log")))
                            .isZero();
                }
            }
            check(killed);
            // What the killed ones held is found by whoever asks next.
            TokenShare all = ask(desk, 1, "licence", LICENCES, "disk", 1);
            assertThat(all.isHeld()).isTrue();
            assertThat(tokens.read().shares()).containsExactly(all);
        }
    }

    /** Returns a process that holds tokens by the ledger, if one does. */
    private int victim() {
        Map<Integer, Boolean> holds = new HashMap<>();
        Set<Integer> gone = new HashSet<>();
        for (String line : lines()) {
            String[] words = line.split(" ");
            int number = Integer.parseInt(words[0]);
            holds.put(number, words[1].equals("+"));
            if (words[1].equals("end") || words[1].equals("killed")) {
                gone.add(number);
            }
        }
        holds.keySet().removeAll(gone);
        return holds.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> holds.keySet().iterator().next());
    }

    private Set<Integer> killed() {
        Set<Integer> killed = new HashSet<>();
        for (String line : lines()) {
            if (line.endsWith(" killed")) {
                killed.add(Integer.parseInt(line.substring(0, line.indexOf(' '))));
            }
        }
        return killed;
    }

    private void check(Set<Integer> killed) {
        assertThat(killed).hasSize(KILLED);
        Map<Integer, long[]> holding = new HashMap<>();
        Set<Integer> gone = new HashSet<>();
        Set<Long> leases = new HashSet<>();
        int takes = 0;
        for (String line : lines()) {
            String[] words = line.split(" ");
            int number = Integer.parseInt(words[0]);
            if (words[1].equals("killed")) {
                gone.add(number);
                holding.remove(number);
            } else if (words[1].equals("+") && !gone.contains(number)) {
                holding.put(number, new long[] {Long.parseLong(words[2]), Long.parseLong(words[3])});
                assertThat(leases.add(Long.parseLong(words[4]))).as(line).isTrue();
                takes++;
                assertThat(sum(holding, 0)).as(line).isLessThanOrEqualTo(LICENCES);
                assertThat(sum(holding, 1)).as(line).isLessThanOrEqualTo(1);
            } else {
                holding.remove(number);
            }
        }
        assertThat(takes).isGreaterThanOrEqualTo((PROCESSES - KILLED) * TAKES);
        assertThat(holding).isEmpty();
    }

    private static long sum(Map<Integer, long[]> holding, int token) {
        return holding.values().stream().mapToLong(amounts -> amounts[token]).sum();
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(root.resolve(TokenRacer.LEDGER));
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
