package org.experimaestro.runtime.side;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.runtime.program.GracePeriod;
import org.experimaestro.runtime.program.GuardedProcess;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.LogTail;
import org.experimaestro.workspace.ServiceDescription;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus.State;

/**
 * The main class of the process of a service, which watches over its program: it chooses the port, tests whether the
 * program is ready, bounds its log, and ends it. If this process vanishes, the guard of the program ends the program. Its
 * argument is the folder of the process.
 */
public final class ServiceMain {
    private static final long PAUSE_MILLIS = 100;
    private static final long LOG_BYTES = 8 << 20;
    /** The time that the log may take after the end of the program. */
    private static final long LAST_LOG_MILLIS = 1_000;
    /** Both streams of the program are one. */
    private static final String ONE_STREAM = "exec \"$@\" 2>&1";

    private final SideProcess process;
    private final ServiceDescription service;
    private final ListeningPort port;

    private ServiceMain(SideProcess process, ServiceDescription service, ListeningPort port) {
        this.process = process;
        this.service = service;
        this.port = port;
    }

    /**
     * Runs the service until it ends or is asked to end.
     *
     * @param arguments the folder
     */
    public static void main(String[] arguments) {
        SideProcess process = SideProcess.at(SideKind.SERVICE, Path.of(arguments[0]));
        CountDownLatch ended = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread("experimaestro-ending") {
            @Override
            public void run() {
                main.interrupt();
                try {
                    if (!ended.await(GracePeriod.millis(), TimeUnit.MILLISECONDS)) {
                        System.err.println("The program has not ended in time");
                    }
                } catch (InterruptedException again) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        try {
            if (!process.begin()) {
                System.err.println("Cannot begin " + process + ": another process has begun it");
                return;
            }
            run(process);
        } catch (IOException failed) {
            System.err.println(process + " has failed: " + Failures.reason(failed));
            end(process, State.FAILED, Failures.reason(failed));
        } catch (RuntimeException failed) {
            System.err.println(process + " has failed: " + failed);
            end(process, State.FAILED, String.valueOf(failed.getMessage()));
        } finally {
            ended.countDown(); // returns, because an exit would wait for the hook, which waits for this
        }
    }

    private static void run(SideProcess process) throws IOException {
        ServiceDescription service = process.folder().service();
        JsonObject request = process.request();
        int wanted = request.has(SideProcess.PORT) ? request.integer(SideProcess.PORT, 0, SideProcess.MOST_PORT) : 0;
        ListeningPort port;
        try {
            port = ListeningPort.take(wanted);
        } catch (IOException taken) {
            end(process, State.FAILED, "the port " + wanted + " cannot be used: " + Failures.reason(taken));
            return;
        }
        new ServiceMain(process, service, port).run();
    }

    private void run() throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", ONE_STREAM, "sh"));
        for (String word : service.command()) {
            command.add(filled(word));
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (Map.Entry<String, String> variable : service.environment().entrySet()) {
            variables.put(variable.getKey(), filled(variable.getValue()));
        }
        String name = service.command().get(0);
        try (GuardedProcess program = GuardedProcess.start(command, variables, process.path(), true, "")) {
            BoundedLog log = new BoundedLog(program.output(), process.log(), process.formerLog(), LOG_BYTES);
            log.start();
            String problem = "";
            try {
                problem = awaitReady(program);
                if (!problem.isEmpty()) {
                    Thread.currentThread().interrupt(); // the program is asked to end, as by a person
                }
                int code = program.await(name);
                program.endRest();
                log.join(LAST_LOG_MILLIS);
                ended(name, code);
            } catch (InterruptedException | ClosedByInterruptException asked) {
                stop(program, name);
                end(
                        process,
                        problem.isEmpty() ? State.STOPPED : State.FAILED,
                        problem.isEmpty() && !process.isStopping()
                                ? "the process was asked to end (SIGTERM)"
                                : problem);
            }
        }
    }

    /** Ends a program that the interrupt may not have reached, because it came before the wait for its end. */
    private static void stop(GuardedProcess program, String name) {
        if (program.isAlive()) {
            Thread.currentThread().interrupt();
            try {
                program.await(name);
            } catch (InterruptedException ended) {
                // It was asked, and has ended.
            }
        }
    }

    /** Waits until the service is ready; returns the reason if it will not be, empty if it is or its program has ended. */
    private String awaitReady(GuardedProcess program) throws InterruptedException, IOException {
        long start = System.nanoTime();
        String cause = "";
        while (program.isAlive()) {
            boolean isAnswered = service.isWeb() ? port.answers(service.path()) : port.accepts();
            if (Thread.interrupted()) { // which the probe does not notice
                throw new InterruptedException();
            }
            if (isAnswered) {
                Listeners listeners = port.listeners();
                if (listeners.isForeign()) {
                    return "another user listens at this port, " + port.number() + "; start it again";
                }
                if (listeners.isOpen()) {
                    return "it listens at addresses that other machines can reach; give its program the address {host}";
                }
                if (listeners.isOwn() || !listeners.isShown()) {
                    if (program.isAlive()) {
                        process.ready(port.number());
                    }
                    return "";
                }
                cause = ": something answers at port " + port.number() + ", but nothing of this user listens there";
            }
            if (System.nanoTime() - start > service.limit().toNanos()) {
                return "it was not ready within " + service.limit().toMillis() / 1000.0 + " s" + cause;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return "";
    }

    private void ended(String name, int code) {
        List<String> last = LogTail.of(process.log(), 1);
        String text = name + " ended with exit code " + code
                + (code == 0 || last.isEmpty() || last.get(0).isBlank() ? "" : ": " + last.get(0));
        end(process, code == 0 ? State.DONE : State.FAILED, text);
    }

    private String filled(String text) {
        return text.replace("{port}", Integer.toString(port.number()))
                .replace("{host}", ListeningPort.HOST)
                .replace("{path}", service.path());
    }

    private static void end(SideProcess process, State state, String text) {
        Thread.interrupted(); // else the file might not be written
        try {
            process.end(state, text);
        } catch (IOException unwritable) {
            System.err.println("Cannot write the end of " + process + ": " + Failures.reason(unwritable));
        }
    }
}
