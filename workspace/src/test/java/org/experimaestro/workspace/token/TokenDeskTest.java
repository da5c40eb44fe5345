package org.experimaestro.workspace.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Processes;
import org.junit.jupiter.api.Test;

/** Tokens in files: what is held, and what comes back when runs and jobs end, here and elsewhere. */
class TokenDeskTest extends TokenFixture {
    private static final Duration LONG = Duration.ofMinutes(4);

    @Test
    void declare_severalPlans_theLastSizeCounts() throws Exception {
        try (TokenDesk one = desk();
                TokenDesk two = desk()) {
            assertThat(one.declare("licence", 3)).isEmpty();
            assertThat(two.declare("licence", 5)).isEqualTo(OptionalLong.of(3));
            assertThat(one.size("licence")).hasValue(5);
        }
    }

    @Test
    void ask_freeTokens_areHeldUntilTheyAreGivenBack() throws Exception {
        try (TokenDesk one = desk();
                TokenDesk two = desk()) {
            one.declare("licence", 3);
            TokenShare first = ask(one, 1, "licence", 2);
            assertThat(first.isHeld()).isTrue();
            TokenShare second = ask(two, 2, "licence", 2);
            assertThat(second.isHeld()).isFalse();
            assertThat(two.look(second).obstacle())
                    .isEqualTo("token licence: 2 of 3 held by " + job(1).name() + ", and it needs 2");

            one.giveBack(first);
            assertThat(two.look(second).share().isHeld()).isTrue();
        }
        assertThat(tokens.read().shares()).isEmpty();
    }

    @Test
    void look_runOfThisHostWasKilled_itsTokensAreFreeAtOnce() throws Exception {
        Process process = Processes.idle();
        TokenOwner owner =
                new TokenOwner("killed", ProcessIdentity.find(process.pid()).orElseThrow());
        try (TokenDesk desk = desk()) {
            desk.declare("licence", 1);
            assertThat(askElsewhere(owner, 1, "licence", 1).isHeld()).isTrue();
            TokenShare mine = ask(desk, 2, "licence", 1);
            assertThat(desk.look(mine).share().isHeld()).isFalse();

            Processes.kill(process);
            assertThat(desk.look(mine).share().isHeld()).isTrue();
        }
    }

    @Test
    void look_runOfAnotherHost_isBelievedForThreeMinutes() throws Exception {
        TokenOwner far = new TokenOwner("far", FAR);
        try (TokenDesk desk = desk()) {
            desk.declare("licence", 1);
            assertThat(askElsewhere(far, 1, "licence", 1).isHeld()).isTrue();
            TokenShare mine = ask(desk, 2, "licence", 1);
            age(file(far), Duration.ofMinutes(2));
            assertThat(desk.look(mine).share().isHeld()).isFalse();

            far.beat(tokens.path());
            age(file(far), LONG);
            assertThat(desk.look(mine).share().isHeld()).isTrue();
        }
    }

    @Test
    void look_waitingRunIsGone_doesNotKeepOthersWaiting() throws Exception {
        TokenOwner far = new TokenOwner("far", FAR);
        try (TokenDesk desk = desk()) {
            desk.declare("licence", 3);
            TokenShare held = ask(desk, 1, "licence", 1);
            assertThat(askElsewhere(far, 2, "licence", 3).isHeld()).isFalse();
            TokenShare mine = ask(desk, 3, "licence", 1);
            assertThat(mine.isHeld()).isFalse();

            age(file(far), LONG);
            assertThat(desk.look(mine).share().isHeld()).isTrue();
            desk.giveBack(held);
        }
    }

    @Test
    void look_jobGoesOnWithoutItsRun_keepsItsTokensUntilItsEnd() throws Exception {
        Process process = Processes.idle();
        TokenOwner far = new TokenOwner("far", FAR);
        try (TokenDesk desk = desk()) {
            desk.declare("licence", 1);
            TokenShare lease = askElsewhere(far, 1, "licence", 1);
            begin(1, ProcessIdentity.find(process.pid()).orElseThrow(), lease.lease());
            age(file(far), LONG);
            TokenShare mine = ask(desk, 2, "licence", 1);
            assertThat(mine.isHeld()).isFalse();

            Processes.kill(process);
            assertThat(desk.look(mine).share().isHeld()).isTrue();
        }
    }

    @Test
    void look_laterAttemptRuns_doesNotKeepTheTokensOfAnEarlierOne() throws Exception {
        TokenOwner far = new TokenOwner("far", FAR);
        try (TokenDesk desk = desk()) {
            desk.declare("licence", 1);
            TokenShare lease = askElsewhere(far, 1, "licence", 1);
            begin(1, FAR, lease.lease()).failed(FailureCause.EXCEPTION, "no", 1);
            begin(1, ProcessIdentity.current(), 0);
            age(file(far), LONG);
            assertThat(ask(desk, 2, "licence", 1).isHeld()).isTrue();
        }
    }

    @Test
    void giveBack_jobGoesOn_itsTokensAreFreeAfterItsEnd() throws Exception {
        Process process = Processes.idle();
        try (TokenDesk desk = desk()) {
            desk.declare("licence", 1);
            TokenShare lease = ask(desk, 1, "licence", 1);
            begin(1, ProcessIdentity.find(process.pid()).orElseThrow(), lease.lease());
            desk.giveBack(lease);
            TokenShare next = ask(desk, 2, "licence", 1);
            assertThat(next.isHeld()).isFalse();
            desk.show();
            assertThat(held(tokens, "licence")).isOne();

            Processes.kill(process);
            assertThat(desk.look(next).share().isHeld()).isTrue();
        }
    }

    @Test
    void show_jobHasEnded_freesTheTokensThatStayedWithIt() throws Exception {
        Process process = Processes.idle();
        try (TokenDesk desk = desk()) {
            desk.declare("licence", 1);
            TokenShare lease = ask(desk, 1, "licence", 1);
            begin(1, ProcessIdentity.find(process.pid()).orElseThrow(), lease.lease());
            desk.giveBack(lease);
            Processes.kill(process);
            assertThat(held(tokens, "licence")).isOne();

            desk.show();
            assertThat(held(tokens, "licence")).isZero();
        }
    }

    @Test
    void close_jobGoesOn_keepsItsTokens() throws Exception {
        TokenDesk first = desk();
        first.declare("licence", 2);
        TokenShare goesOn = ask(first, 1, "licence", 1);
        ask(first, 2, "licence", 1);
        Attempt attempt = begin(1, ProcessIdentity.current(), goesOn.lease());
        first.close();
        assertThat(tokens.read().holders("licence")).extracting(TokenShare::job).containsExactly(job(1).name());

        attempt.failed(FailureCause.EXCEPTION, "no", 1);
        try (TokenDesk second = desk()) {
            assertThat(ask(second, 3, "licence", 2).isHeld()).isTrue();
        }
    }

    @Test
    void close_runsThatAreGone_leaveNoShareAndNoFile() throws Exception {
        TokenOwner killed = new TokenOwner("killed", gone());
        TokenOwner far = new TokenOwner("far", FAR);
        try (TokenDesk desk = desk()) {
            desk.declare("licence", 2);
            askElsewhere(killed, 1, "licence", 1);
            askElsewhere(far, 2, "licence", 1);
        }
        assertThat(file(killed)).doesNotExist();
        assertThat(file(far)).exists();
        assertThat(held(tokens, "licence")).isOne();

        age(file(far), LONG);
        try (TokenDesk desk = desk()) {
            desk.declare("licence", 2);
        }
        assertThat(tokens.path()).isDirectoryNotContaining("glob:**owner-*");
        assertThat(held(tokens, "licence")).isZero();
    }

    @Test
    void look_leaseOfAnotherMachineWithTheSameNumber_doesNotKeepTheTokensOfThisOne() throws Exception {
        String path = workspace.root().toString();
        try (TokenDesk first = desk()) {
            first.declare("display", 1);
            TokenShare share = first.ask(job(1).name(), path, TokenStateTest.of("display", 1), 0);
            AttemptOrigin origin = AttemptOrigin.UNKNOWN.holding(0, share.lease());
            assertThat(job(1).claim(FAR, "trial/run", origin)).isInstanceOf(Claim.Granted.class);
        }
        assertThat(held(tokens, "display")).isZero();
    }

    @Test
    void close_stateIsDamaged_leavesNoFileOfTheRun() throws Exception {
        TokenDesk desk = desk();
        desk.declare("licence", 1);
        Files.writeString(tokens.path().resolve("state-2.json"), "");
        assertThatThrownBy(desk::close).isInstanceOf(WorkspaceException.class);
        assertThat(tokens.path()).isDirectoryNotContaining("glob:**owner-*");
    }

    @Test
    void fence_holderThatWasSilent_cannotGiveBackWhatOthersHave() throws Exception {
        TokenOwner far = new TokenOwner("far", FAR);
        try (TokenDesk desk = desk()) {
            desk.declare("licence", 1);
            TokenShare lease = askElsewhere(far, 1, "licence", 1);
            Attempt attempt = begin(1, FAR, lease.lease());
            TokenFence fence = TokenFence.of(attempt, null);
            assertThat(fence.isHeld()).isTrue();

            // Its host was suspended: neither the run nor the job's process shows itself.
            age(file(far), LONG);
            age(job(1).processFile(1), LONG);
            TokenShare mine = ask(desk, 2, "licence", 1);
            assertThat(mine.isHeld()).isTrue();
            assertThat(mine.lease()).isGreaterThan(lease.lease());
            assertThat(fence.isHeld()).isFalse();
            assertThat(fence.giveBack()).isFalse();
            assertThat(held(tokens, "licence")).isOne();
        }
    }

    @Test
    void fence_processBeginsAfterOthersHaveLooked_theyLookAgain() throws Exception {
        ProcessIdentity plan = gone();
        TokenOwner owner = new TokenOwner("killed", plan);
        try (TokenDesk desk = desk()) {
            desk.declare("licence", 1);
            TokenShare lease = askElsewhere(owner, 1, "licence", 1);
            Attempt attempt = claim(1, plan, lease.lease());
            AtomicInteger looks = new AtomicInteger();
            TokenState after = tokens.change(state -> {
                boolean isAlive =
                        new TokenSigns(tokens).isAlive(state.find(lease.id()).orElseThrow());
                if (looks.incrementAndGet() == 1) {
                    assertThat(isAlive).isFalse();
                    assertThat(attempt.begin(ProcessIdentity.current(), System.currentTimeMillis()))
                            .isTrue();
                    assertThat(TokenFence.of(attempt, null).begin()).isTrue();
                }
                return isAlive ? state : state.without(share -> share.id().equals(lease.id()));
            });

            assertThat(looks).hasValue(2);
            assertThat(after.find(lease.id()).orElseThrow().begun()).isOne();
        }
    }

    private static ProcessIdentity gone() throws Exception {
        Process process = Processes.idle();
        ProcessIdentity identity = ProcessIdentity.find(process.pid()).orElseThrow();
        Processes.kill(process);
        return identity;
    }

    @Test
    void fence_holder_givesBackOnce() throws Exception {
        try (TokenDesk desk = desk()) {
            desk.declare("licence", 1);
            TokenShare lease = ask(desk, 1, "licence", 1);
            Attempt attempt = begin(1, ProcessIdentity.current(), lease.lease());
            assertThat(TokenFence.of(attempt, null).giveBack()).isTrue();
            assertThat(TokenFence.of(attempt, null).giveBack()).isFalse();
            assertThat(ask(desk, 2, "licence", 1).isHeld()).isTrue();
        }
    }

    @Test
    void look_filesWereDeleted_waitsAnew() throws Exception {
        try (TokenDesk desk = desk()) {
            desk.declare("licence", 1);
            ask(desk, 1, "licence", 1);
            TokenShare mine = ask(desk, 2, "licence", 1);
            delete();
            desk.show();
            assertThat(desk.look(mine).share().isHeld()).isTrue();
            assertThat(desk.size("licence")).hasValue(1);
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.list(tokens.path())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void change_manyTimes_keepsFewFiles() throws Exception {
        try (TokenDesk desk = desk()) {
            desk.declare("licence", 1);
            for (int i = 0; i < 2 * TokenFolder.KEPT; i++) {
                desk.giveBack(ask(desk, i, "licence", 1));
            }
            try (Stream<Path> files = Files.list(tokens.path())) {
                assertThat(files.toList()).hasSizeLessThan(TokenFolder.KEPT + 3);
            }
        }
    }

    @Test
    void read_damagedState_namesTheFile() throws Exception {
        try (TokenDesk desk = desk()) {
            desk.declare("licence", 1);
            Path file = tokens.path().resolve("state-2.json");
            Files.writeString(file, "{\"format\": 2, \"last\": 1}");
            assertThatThrownBy(tokens::read)
                    .isInstanceOf(WorkspaceException.class)
                    .hasMessageContaining(file.toString());
            Files.delete(file);
        }
    }
}
