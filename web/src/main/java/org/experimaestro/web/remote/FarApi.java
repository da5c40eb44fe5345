package org.experimaestro.web.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.experimaestro.web.DroppedActions;
import org.experimaestro.web.WorkspaceApi;
import org.experimaestro.web.action.Actions;
import org.experimaestro.web.action.NotedActions;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * The API of a workspace on another host, over one connection, which is opened again after it was lost: after 1, 2, 4 … 30
 * seconds. Meanwhile each question is refused, so that views say since when they show old data. Thread-safe.
 */
public final class FarApi implements WorkspaceApi {
    private static final System.Logger LOGGER = System.getLogger(FarApi.class.getName());
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** The time in which the far end ends an action that it performs, and some time for the way. */
    private static final Duration MOST_ENDING = Duration.ofSeconds(4);

    /** The time after which a confirmed action has been performed, or dropped by a far end that hears nothing. */
    private static final Duration MOST_NOTED = NotedActions.MOST_HOLD.plus(FrameStreams.MOST_SILENCE);

    /** A connection that has lasted so long was a good one: the next loss is not one of a row. */
    private static final Duration GOOD = Duration.ofMinutes(1);

    private final FarHost host;
    private final ServiceForwards forwards;
    private final Duration firstWait;
    private Duration wait;
    private long connected;
    private @Nullable FarConnection connection;
    private @Nullable Thread connecting;
    private String workspace = "";
    private String lost = "";
    private long nextTry;
    private boolean isRefused;
    private boolean isClosed;
    private long acted;
    private boolean hasActed;

    private FarApi(FarHost host, Duration firstWait) {
        this.host = host;
        this.forwards = new ServiceForwards(host, request -> connected().handle(request), ServiceForwards.LOOK);
        this.firstWait = firstWait;
        this.wait = firstWait;
    }

    /**
     * Connects.
     *
     * @param host the host, which the API closes, also if it cannot be opened
     * @return the API, to be closed
     * @throws RefusedConnectionException if a person has to do something first
     * @throws IOException if the host cannot be reached now
     * @throws InterruptedException if this thread is interrupted
     */
    public static FarApi open(FarHost host) throws IOException, InterruptedException {
        return open(host, FIRST_WAIT);
    }

    /** Connects, with another time before the first try after a loss. */
    static FarApi open(FarHost host, Duration firstWait) throws IOException, InterruptedException {
        FarApi api = new FarApi(host, firstWait);
        try {
            api.connect();
        } catch (IOException | InterruptedException | RuntimeException failed) {
            api.close();
            throw failed;
        }
        return api;
    }

    private void connect() throws IOException, InterruptedException {
        FarConnection opened = FarConnection.open(host.name(), host.start(), this::lose);
        synchronized (this) {
            if (opened.isOver()) {
                throw new IOException(opened.reason());
            }
            workspace = opened.workspace();
            if (!isClosed) {
                connection = opened;
                connected = System.nanoTime();
                return;
            }
        }
        opened.close();
    }

    /** Notes that the connection was lost, and begins to open another one. */
    private synchronized void lose(FarConnection ended) {
        if (connection == ended) {
            connection = null;
            lost = ended.reason();
            if (System.nanoTime() - connected > GOOD.toNanos()) {
                wait = firstWait;
            }
            nextTry = System.nanoTime() + wait.toNanos();
            connecting = Thread.ofVirtual().name("far-connecting").start(this::connectAgain);
        }
    }

    private void connectAgain() {
        try {
            boolean isWanted = true;
            while (isWanted) {
                Thread.sleep(lengthenWait());
                isWanted = !isConnected();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the time until the next try, and doubles the one after it. */
    private synchronized Duration lengthenWait() {
        Duration now = wait;
        wait = now.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? now.multipliedBy(2) : LONGEST_WAIT;
        return now;
    }

    /** Tries once, and returns whether no more tries are needed. */
    private boolean isConnected() throws InterruptedException {
        try {
            connect();
            return true;
        } catch (RefusedConnectionException refused) {
            fail(String.valueOf(refused.getMessage()), true);
            return true;
        } catch (IOException failed) {
            fail(String.valueOf(failed.getMessage()), false);
            return false;
        } catch (RuntimeException failed) {
            LOGGER.log(System.Logger.Level.WARNING, "Cannot connect to " + host.name(), failed);
            fail("Cannot connect to " + host.name() + ", by a fault of Experimaestro: " + failed, false);
            return false;
        }
    }

    private synchronized void fail(String reason, boolean isFinal) {
        lost = reason;
        nextTry = System.nanoTime() + wait.toNanos();
        isRefused = isFinal;
    }

    @Override
    public Response handle(Request request) throws IOException {
        FarConnection open = connected();
        if (request.isSafe()) {
            Response answer = open.handle(request);
            return ForwardedService.isAsked(request) ? forwards.answer(request, answer) : answer;
        }
        if (Actions.isHeld(request)) {
            noteAction();
        }
        try {
            return open.handle(request);
        } catch (IOException cut) {
            throw new HttpProblem(
                    503,
                    "The connection to " + host.name() + " was lost while it was asked to act",
                    "look at the jobs when it is back, because the action may have been performed");
        }
    }

    private synchronized void noteAction() {
        acted = System.nanoTime();
        hasActed = true;
    }

    private synchronized FarConnection connected() {
        if (connection != null) {
            return connection;
        }
        if (isClosed) {
            throw new HttpProblem(503, "Cannot read " + place() + ": this view ends");
        }
        long seconds = Math.max(0, Duration.ofNanos(nextTry - System.nanoTime()).toSeconds());
        throw new HttpProblem(
                503,
                lost,
                isRefused
                        ? "put that right, and start the command again"
                        : seconds == 0 ? "it is tried again now" : "it is tried again in " + seconds + " s");
    }

    @Override
    public synchronized String place() {
        return host.name() + ":" + workspace;
    }

    @Override
    public boolean isFar() {
        return true;
    }

    @Override
    public DroppedActions dropNoted() {
        FarConnection open;
        boolean mayWait;
        synchronized (this) {
            isClosed = true;
            open = connection;
            connection = null;
            mayWait = hasActed && System.nanoTime() - acted < MOST_NOTED.toNanos();
        }
        Optional<List<String>> dropped = open == null ? Optional.empty() : open.end(MOST_ENDING);
        return dropped.map(known -> new DroppedActions(known, ""))
                .orElseGet(() -> mayWait ? new DroppedActions(List.of(), unknown()) : DroppedActions.NONE);
    }

    private String unknown() {
        return host.name() + " has not said what became of the actions that were confirmed within the last "
                + MOST_NOTED.toSeconds() + " s: look at their jobs, because they may have been performed";
    }

    @Override
    public void close() {
        dropNoted();
        Thread trying;
        synchronized (this) {
            trying = connecting;
        }
        if (trying != null) {
            trying.interrupt();
        }
        forwards.close();
        host.close();
    }
}
