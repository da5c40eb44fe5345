package org.experimaestro.web.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.web.http.Handler;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * The services of another host whose ports are forwarded to this machine, each since a reader has asked for its address. While
 * there are some, the host is asked every {@value #LOOK_SECONDS} seconds whether they listen there still: another program
 * could take the port of one that has ended, and nobody has asked for that one. Thread-safe.
 */
final class ServiceForwards implements AutoCloseable {
    private static final int LOOK_SECONDS = 10;
    /** The time between two looks. */
    static final Duration LOOK = Duration.ofSeconds(LOOK_SECONDS);

    private final FarHost host;
    private final Handler there;
    private final Duration look;
    /** The forwards, by the paths of the questions for the addresses. */
    private final Map<List<String>, Forward> forwards = new LinkedHashMap<>();

    private volatile @Nullable Thread looking;
    private volatile boolean isClosed;

    /** A forward since a question. */
    private record Forward(Request question, int port) {}

    /**
     * Creates an object without forwards.
     *
     * @param host the host
     * @param there answers as the host does
     * @param look the time between two looks
     */
    ServiceForwards(FarHost host, Handler there, Duration look) {
        this.host = host;
        this.there = there;
        this.look = look;
    }

    /**
     * Forwards the port of an answer.
     *
     * @param question the question for the address of a service
     * @param answer the host's answer
     * @return the answer with the address of this machine; the host's own if it has refused
     * @throws HttpProblem if the port cannot be forwarded
     */
    synchronized Response answer(Request question, Response answer) throws IOException {
        try {
            Forward known = forwards.get(question.path());
            if (answer.status() != 200) {
                if (isRefused(answer)) {
                    end(known);
                }
                return answer;
            }
            ForwardedService service = ForwardedService.of(host.name(), answer);
            if (known != null && known.port() != service.port()) {
                end(known);
            }
            if (isClosed) {
                throw new HttpProblem(503, "Cannot open the service: this view ends");
            }
            int local = forward(service.port());
            forwards.put(question.path(), new Forward(question, service.port()));
            if (looking == null) {
                looking = Thread.ofVirtual().name("service-forwards").start(this::watch);
            }
            return service.at(host.name(), local);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new HttpProblem(503, "Cannot open the service: this view ends");
        }
    }

    private int forward(int port) throws InterruptedException {
        try {
            return host.forward(port);
        } catch (IOException refused) {
            throw new HttpProblem(502, String.valueOf(refused.getMessage()));
        }
    }

    /** Ends a forward, unless another one has taken its place. Its port stays if it is that of another service too. */
    private synchronized void end(@Nullable Forward forward) throws InterruptedException {
        if (forward != null && forwards.remove(forward.question().path(), forward)) {
            boolean isOfAnother = forwards.values().stream().anyMatch(other -> other.port() == forward.port());
            if (!isOfAnother) {
                host.endForward(forward.port());
            }
        }
    }

    private void watch() {
        try {
            do {
                Thread.sleep(look);
                for (Forward forward : all()) {
                    if (isOver(forward)) {
                        end(forward);
                    }
                }
            } while (isLookingOn());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Forward> all() {
        return List.copyOf(forwards.values());
    }

    private synchronized boolean isLookingOn() {
        if (forwards.isEmpty()) {
            looking = null;
        }
        return looking != null;
    }

    /** Returns whether the host says that a service is gone, or elsewhere; not if the host does not answer. */
    private boolean isOver(Forward forward) {
        try {
            Response answer = there.handle(forward.question());
            return isRefused(answer)
                    || answer.status() == 200
                            && ForwardedService.of(host.name(), answer).port() != forward.port();
        } catch (HttpProblem | IOException unanswered) {
            return false;
        }
    }

    /** Returns whether there is no such service any longer, or it is not ready; else the host may be in trouble for a while. */
    private static boolean isRefused(Response answer) {
        return answer.status() >= 400 && answer.status() < 500;
    }

    /** Ends the looks. The forwards end with the connection. Waits for nothing. */
    @Override
    public void close() {
        isClosed = true;
        Thread thread = looking;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
