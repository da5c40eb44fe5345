package org.experimaestro.engine.token;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.Token;
import org.experimaestro.WorkspaceException;
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.model.SharedFolder;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.experimaestro.workspace.token.TokenDesk;
import org.experimaestro.workspace.token.TokenFolder;
import org.experimaestro.workspace.token.TokenShare;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that the jobs of one run hold: those of its workspace, and those of this machine. Thread-safe.
 *
 * <p>A job gets all of its tokens of a scope at once. It asks for those of the machine when it has those of its
 * workspace. A job that waits for tokens of the machine holds none of them, so no jobs wait for each other.
 */
public final class RunTokens implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(1);
    private static final Duration BEAT = Duration.ofSeconds(30);
    /** The shortest time between two reports of what a job waits for. */
    private static final Duration REPORT = Duration.ofMinutes(1);

    private final Workspace workspace;
    private final Path state;
    private final RunClock clock;
    private final Map<Token.Scope, TokenDesk> desks = new EnumMap<>(Token.Scope.class);
    private final Guard guard = new Guard("The tokens of the run");
    private volatile Runnable watcher = () -> {};
    private RunClock.@Nullable Alarm beat;
    private boolean isClosed;

    /** A job that asks for tokens. Its methods are called by the thread that waits for them. */
    public interface Asker {
        /**
         * Returns how urgent the job is.
         *
         * @return the priority, which may change while it waits
         */
        int priority();

        /**
         * Returns whether the job still needs the tokens.
         *
         * @return false to leave the line
         */
        boolean isAsking();

        /** Handles that the job cannot have its tokens at once. */
        void mustWait();

        /**
         * Handles what the job waits for.
         *
         * @param obstacle a phrase; empty at the end of the wait
         */
        void waits(String obstacle);
    }

    /**
     * Creates the tokens of a run, and writes nothing.
     *
     * @param workspace the workspace of the run
     * @param state the folder of this user's state
     * @param clock the run's clock
     */
    public RunTokens(Workspace workspace, Path state, RunClock clock) {
        this.workspace = workspace;
        this.state = state;
        this.clock = clock;
    }

    /**
     * Sets how many of a token there are.
     *
     * @param token the token
     * @param size the number, from 1
     * @return the number before; empty if there was none
     * @throws IOException if it cannot be stored
     * @throws WorkspaceException if the files of the tokens are damaged
     */
    public OptionalLong declare(Token token, long size) throws IOException {
        return desk(token.scope()).declare(token.name(), size);
    }

    /**
     * Returns how many of a token there are.
     *
     * @param token a token that was declared
     * @return the number, which any run may have declared; empty if somebody has deleted it
     * @throws IOException if it cannot be read
     * @throws WorkspaceException if the files of the tokens are damaged
     */
    public OptionalLong size(Token token) throws IOException {
        return desk(token.scope()).size(token.name());
    }

    /**
     * Returns the names of all tokens.
     *
     * @param scope the jobs that share them
     * @return the names, of tokens that any plan has declared
     * @throws IOException if they cannot be read
     * @throws WorkspaceException if the files of the tokens are damaged
     */
    public Set<String> names(Token.Scope scope) throws IOException {
        return desk(scope).names();
    }

    private synchronized TokenDesk desk(Token.Scope scope) {
        TokenDesk known = desks.get(scope);
        if (known != null) {
            return known;
        }
        if (desks.isEmpty() && !isClosed) {
            beat = clock.alarm(BEAT, this::beat);
        }
        TokenDesk desk = new TokenDesk(folder(scope), clock);
        desks.put(scope, desk);
        return desk;
    }

    private TokenFolder folder(Token.Scope scope) {
        return switch (scope) {
            case WORKSPACE -> new TokenFolder(WorkspaceLayout.tokens(workspace.root()), workspace::makeTokens);
            case MACHINE -> TokenFolder.ofMachine(state);
        };
    }

    /**
     * Sets what is done each 30 seconds while the run has tokens.
     *
     * @param action may read files; it replaces the one before
     */
    public void eachBeat(Runnable action) {
        watcher = action;
    }

    private void beat() {
        for (TokenDesk desk : desks()) {
            try {
                desk.show();
            } catch (IOException | WorkspaceException missed) {
                guard.log(missed); // the next beat comes long before the run counts as gone
            }
        }
        guard.run(watcher);
        synchronized (this) {
            if (!isClosed) {
                beat = clock.alarm(BEAT, this::beat);
            }
        }
    }

    private synchronized List<TokenDesk> desks() {
        return List.copyOf(desks.values());
    }

    /**
     * Waits until a job can have its tokens, and takes them.
     *
     * @param job the job
     * @param tokens the amounts by the tokens, which were declared
     * @param folders the shared folders of the workspace that the job uses, of each of which there is one
     * @param asker the job that asks
     * @return the tokens, to be given back; empty if the job does not ask any longer, and holds nothing
     * @throws IOException if the files of the tokens cannot be read or written; nothing is held then
     * @throws WorkspaceException if they are damaged; nothing is held then
     * @throws InterruptedException if this thread is interrupted; nothing is held then
     */
    public Optional<HeldTokens> acquire(
            JobFolder job, SortedMap<Token, Integer> tokens, List<SharedFolder> folders, Asker asker)
            throws IOException, InterruptedException {
        SortedMap<String, Long> needed = amounts(Token.Scope.WORKSPACE, tokens);
        folders.forEach(folder -> needed.put(folder.path(), 1L));
        TokenShare ofWorkspace = acquire(job, Token.Scope.WORKSPACE, "", needed, asker);
        if (isMissing(ofWorkspace)) {
            return Optional.empty();
        }
        boolean isComplete = false;
        try {
            String root = workspace.root().toString();
            TokenShare ofMachine = acquire(job, Token.Scope.MACHINE, root, amounts(Token.Scope.MACHINE, tokens), asker);
            isComplete = !isMissing(ofMachine);
            return isComplete
                    ? Optional.of(new HeldTokens(
                            ofWorkspace, ofMachine, folder(Token.Scope.MACHINE).path()))
                    : Optional.empty();
        } finally {
            if (!isComplete) {
                giveBack(Token.Scope.WORKSPACE, ofWorkspace);
            }
        }
    }

    private static boolean isMissing(@Nullable TokenShare share) {
        return share != null && !share.isHeld();
    }

    private static SortedMap<String, Long> amounts(Token.Scope scope, SortedMap<Token, Integer> tokens) {
        SortedMap<String, Long> amounts = new TreeMap<>();
        tokens.forEach((token, amount) -> {
            if (token.scope() == scope) {
                amounts.put(token.name(), (long) amount);
            }
        });
        return amounts;
    }

    /**
     * Waits for the tokens of a scope.
     *
     * @return the share; not held if the job does not ask any longer; {@code null} if it needs none
     */
    private @Nullable TokenShare acquire(
            JobFolder job, Token.Scope scope, String root, SortedMap<String, Long> amounts, Asker asker)
            throws IOException, InterruptedException {
        if (amounts.isEmpty()) {
            return null;
        }
        TokenDesk desk = desk(scope);
        TokenShare share = desk.ask(job.name(), root, amounts, asker.priority());
        boolean isGranted = false;
        try {
            share = await(desk, share, asker);
            isGranted = share.isHeld();
            return share;
        } finally {
            if (!isGranted) {
                desk.giveBack(share);
            }
        }
    }

    private TokenShare await(TokenDesk desk, TokenShare asked, Asker asker) throws IOException, InterruptedException {
        TokenShare share = asked;
        Duration pause = FIRST_PAUSE;
        long reported = 0;
        String report = "";
        boolean hasWaited = false;
        while (!share.isHeld() && asker.isAsking()) {
            TokenDesk.Look look = desk.look(share.urgent(asker.priority()));
            share = look.share();
            if (share.isHeld()) {
                break;
            }
            if (!hasWaited) {
                asker.mustWait();
                hasWaited = true;
            }
            boolean isNews = !look.obstacle().isEmpty() && !look.obstacle().equals(report);
            if (isNews && (report.isEmpty() || clock.nanoTime() - reported >= REPORT.toNanos())) {
                report = look.obstacle();
                reported = clock.nanoTime();
                asker.waits(report);
            }
            clock.sleep(pause);
            pause = pause.compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
        }
        if (!report.isEmpty()) {
            asker.waits("");
        }
        return share;
    }

    /**
     * Gives the tokens of a job back, unless the job goes on without this run. Each beat tries it again for those that cannot be
     * given back, or stay with their job.
     *
     * @param held what the job was granted
     */
    public void giveBack(HeldTokens held) {
        giveBack(Token.Scope.MACHINE, held.ofMachine());
        giveBack(Token.Scope.WORKSPACE, held.ofWorkspace());
    }

    private void giveBack(Token.Scope scope, @Nullable TokenShare share) {
        if (share != null) {
            try {
                desk(scope).giveBack(share);
            } catch (IOException | WorkspaceException failed) {
                guard.log(failed);
            }
        }
    }

    /** Gives back what this run still holds, but for the tokens of jobs that go on without it. */
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            if (beat != null) {
                beat.cancel();
            }
        }
        for (TokenDesk desk : desks()) {
            try {
                desk.close();
            } catch (IOException | WorkspaceException failed) {
                guard.log(failed);
            }
        }
    }
}
