package org.experimaestro.workspace.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedMap;
import org.experimaestro.ConfigId;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A workspace with tokens, and runs that take them: of this process, of others, and of other hosts. */
abstract class TokenFixture {
    /** A process of a host that cannot be seen from here. */
    static final ProcessIdentity FAR = new ProcessIdentity("far", "another boot", 7, 7, "another machine", "pid:[7]");

    @TempDir
    Path root;

    Workspace workspace;
    TokenFolder tokens;

    @BeforeEach
    final void open() throws IOException {
        workspace = Workspace.open(root);
        tokens = folder(root);
    }

    static TokenFolder folder(Path root) {
        Workspace workspace = Workspace.open(root);
        return new TokenFolder(WorkspaceLayout.tokens(workspace.root()), workspace::makeTokens);
    }

    final TokenDesk desk() {
        return new TokenDesk(tokens, InstantSource.system());
    }

    final JobFolder job(int number) {
        return workspace.job("trial.step", ConfigId.parse(String.format("%016x%016x", number, 1)));
    }

    final TokenShare ask(TokenDesk desk, int job, Object... amounts) throws IOException {
        return desk.ask(job(job).name(), "", TokenStateTest.of(amounts), 0);
    }

    /** Has a run of a process elsewhere ask for tokens. */
    final TokenShare askElsewhere(TokenOwner owner, int job, Object... amounts) throws IOException {
        owner.beat(tokens.path());
        SortedMap<String, Long> needs = TokenStateTest.of(amounts);
        TokenShare share =
                TokenShare.asking("of " + owner.id() + " " + job, job(job).name(), "", owner, needs, 0, Instant.now());
        return tokens.change(state -> state.with(share).granted(Instant.now()))
                .find(share.id())
                .orElseThrow();
    }

    /** Lets a file be as old as if nobody had touched it for that time. */
    static void age(Path file, Duration silence) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(silence)));
    }

    final Path file(TokenOwner owner) {
        return tokens.path().resolve("owner-" + owner.id() + ".json");
    }

    /** Begins an attempt at a job, in a process, that was granted a lease. */
    final Attempt begin(int number, ProcessIdentity process, long lease) throws IOException {
        Attempt attempt = claim(number, ProcessIdentity.current(), lease);
        if (!attempt.begin(process, System.currentTimeMillis())) {
            throw new IllegalStateException("The attempt has begun already");
        }
        return attempt;
    }

    /** Claims a job for a run that was granted a lease. */
    final Attempt claim(int number, ProcessIdentity run, long lease) throws IOException {
        Claim claim = job(number).claim(run, "trial/run", AttemptOrigin.UNKNOWN.holding(lease, 0));
        return ((Claim.Granted) claim).attempt();
    }

    static long held(TokenFolder folder, String token) {
        try {
            return folder.read().held(token);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
