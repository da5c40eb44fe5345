package org.experimaestro.workspace.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order in which tokens are granted: the rules alone, without files. */
class TokenStateTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final TokenOwner OWNER = new TokenOwner("run", ProcessIdentity.current());

    private TokenState state = TokenState.EMPTY.sized("licence", 3).sized("disk", 1);

    static SortedMap<String, Long> of(Object... amounts) {
        SortedMap<String, Long> map = new TreeMap<>();
        for (int i = 0; i < amounts.length; i += 2) {
            map.put((String) amounts[i], ((Integer) amounts[i + 1]).longValue());
        }
        return map;
    }

    private static String job(String name) {
        return "trial.step/" + String.format("%032x", name.hashCode());
    }

    private void ask(String name, int priority, SortedMap<String, Long> amounts) {
        state = state.with(TokenShare.asking(name, job(name), "", OWNER, amounts, priority, NOW))
                .granted(NOW);
    }

    private void ask(String name, SortedMap<String, Long> amounts) {
        ask(name, 0, amounts);
    }

    private void end(String name) {
        state = state.without(share -> share.id().equals(name)).granted(NOW);
    }

    private boolean holds(String name) {
        return state.find(name).orElseThrow().isHeld();
    }

    @Test
    void granted_severalTokens_areGivenAllAtOnceOrNotAtAll() {
        ask("disk", of("disk", 1));
        ask("both", of("disk", 1, "licence", 2));
        assertThat(holds("disk")).isTrue();
        assertThat(holds("both")).isFalse();
        assertThat(state.held("licence")).isZero();

        end("disk");
        assertThat(holds("both")).isTrue();
        assertThat(state.held("licence")).isEqualTo(2);
    }

    @Test
    void urgent_shareThatWaits_passesThoseThatCameBefore() {
        ask("holder", of("licence", 3));
        ask("first", of("licence", 3));
        ask("second", of("licence", 3));
        state = state.urgent("second", 1);

        end("holder");
        assertThat(holds("second")).isTrue();
        assertThat(holds("first")).isFalse();
    }

    @Test
    void urgent_anyPriority_countsAsTheNearestThatMay() {
        ask("one", 1_000_000, of("licence", 1));
        ask("other", Integer.MIN_VALUE, of("licence", 1));
        assertThat(state.find("one").orElseThrow().priority()).isEqualTo(TokenShare.MOST_PRIORITY);
        assertThat(state.find("other").orElseThrow().priority()).isEqualTo(-TokenShare.MOST_PRIORITY);
    }

    @Test
    void granted_heavyShareWaits_lighterOnesThatComeLaterWaitBehindIt() {
        ask("one", of("licence", 1));
        ask("three", of("licence", 3));
        ask("late", of("licence", 1));
        ask("other", of("disk", 1));
        assertThat(holds("three")).isFalse();
        assertThat(holds("late")).isFalse();
        assertThat(holds("other")).isTrue();

        end("one");
        assertThat(holds("three")).isTrue();
        end("three");
        assertThat(holds("late")).isTrue();
    }

    @Test
    void granted_priority_isWorthAHundredTickets() {
        ask("holder", of("disk", 1));
        ask("low", of("disk", 1));
        ask("high", 1, of("disk", 1));
        end("holder");
        assertThat(holds("high")).isTrue();

        for (int i = 0; i < TokenState.STEP; i++) {
            ask("other " + i, of("licence", 1));
            end("other " + i);
        }
        ask("too late", 1, of("disk", 1));
        end("high");
        assertThat(holds("low")).isTrue();
    }

    @Test
    void granted_sizeWasLowered_largerAmountsWaitForAllOfIt() {
        ask("two", of("licence", 2));
        ask("three", of("licence", 3));
        state = state.sized("licence", 1).granted(NOW);
        assertThat(holds("three")).isFalse();

        end("two");
        assertThat(holds("three")).isTrue();
        ask("one", of("licence", 1));
        assertThat(holds("one")).isFalse();
    }

    @Test
    void granted_leases_haveGrowingNumbers() {
        ask("a", of("licence", 1));
        ask("b", of("licence", 1));
        end("a");
        ask("c", of("licence", 1));
        assertThat(state.find("b").orElseThrow().lease()).isPositive();
        assertThat(state.find("c").orElseThrow().lease())
                .isGreaterThan(state.find("b").orElseThrow().lease());
    }

    @Test
    void obstacle_saysWhoHoldsAndWhoComesFirst() {
        ask("a", of("licence", 2));
        ask("b", of("licence", 2));
        ask("c", of("licence", 1));
        assertThat(state.obstacle(state.find("b").orElseThrow()))
                .isEqualTo("token licence: 2 of 3 held by " + job("a") + ", and it needs 2");
        assertThat(state.obstacle(state.find("c").orElseThrow()))
                .isEqualTo("tokens licence, for which " + job("b") + " comes first");
    }

    @Test
    void toJson_readAgain_isTheSameState() {
        ask("a", 3, of("licence", 2));
        ask("b", of("licence", 2, "disk", 1));
        state = state.numbered(7);
        TokenState read = TokenState.fromJson(7, JsonObject.of(Json.parse(state.toJson()), "state"));
        assertThat(read).isEqualTo(state);
    }

    /** Random jobs of random amounts and priorities: what there is, is never promised twice, and everybody has a turn. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void granted_atRandom_neverOversubscribesAndStarvesNobody(long seed) {
        Random random = new Random(seed);
        Map<String, Integer> overtaken = new HashMap<>();
        Map<String, Integer> priorities = new HashMap<>();
        List<String> holding = new ArrayList<>();
        int asked = 0;
        for (int step = 0; step < 1_200; step++) {
            List<TokenShare> before = state.shares();
            if (holding.isEmpty() || random.nextInt(100) < 55) {
                SortedMap<String, Long> amounts = of("licence", 1 + random.nextInt(3));
                if (random.nextInt(3) == 0) {
                    amounts.putAll(of("disk", 1));
                }
                String name = "job " + asked++;
                priorities.put(name, random.nextInt(3) - 1);
                ask(name, priorities.get(name), amounts);
            } else {
                end(holding.remove(random.nextInt(holding.size())));
            }
            assertThat(state.held("licence")).isLessThanOrEqualTo(3);
            assertThat(state.held("disk")).isLessThanOrEqualTo(1);
            for (TokenShare share : before) {
                TokenShare now = state.find(share.id()).orElse(null);
                if (now != null && now.isHeld() && !share.isHeld()) {
                    holding.add(now.id());
                    for (TokenShare other : state.waiters("licence")) {
                        if (other.ticket() < now.ticket()) {
                            overtaken.merge(other.id(), 1, Integer::sum);
                        }
                    }
                }
            }
            for (TokenShare share : state.shares()) {
                if (share.isHeld() && !holding.contains(share.id())) {
                    holding.add(share.id());
                }
            }
        }
        overtaken.forEach((name, count) -> assertThat(count)
                .as("%s of priority %s", name, priorities.get(name))
                .isLessThanOrEqualTo((1 - priorities.get(name)) * TokenState.STEP));
        // Once no more come, all that wait have their turns.
        while (!holding.isEmpty()) {
            end(holding.remove(0));
            for (TokenShare share : state.shares()) {
                if (share.isHeld() && !holding.contains(share.id())) {
                    holding.add(share.id());
                }
            }
        }
        assertThat(state.shares()).isEmpty();
        assertThat(asked).isGreaterThan(400);
    }
}
