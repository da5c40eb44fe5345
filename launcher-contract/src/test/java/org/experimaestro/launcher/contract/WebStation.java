package org.experimaestro.launcher.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A batch system with an address instead of commands. Its jobs are processes of this machine. Thread-safe. */
final class WebStation implements AutoCloseable {
    static final String NAME = "name";
    static final String SCRIPT = "script";
    static final String LOG = "log";
    static final String JOBS = "jobs";
    static final String VARIABLE = "variable ";

    private static final int OK = 200;
    private static final int REFUSED = 403;

    private final Path folder;
    private final HttpServer server;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();

    private static final class Job {
        private final String name;
        private final Process process;
        private volatile boolean cancelled;

        Job(String name, Process process) {
            this.name = name;
            this.process = process;
        }

        String state() {
            if (process.isAlive()) {
                return "running";
            }
            return (cancelled ? "cancelled " : "ended ") + process.exitValue();
        }
    }

    /** An error of the station, with its message. */
    private static final class NotDone extends Exception {
        private static final long serialVersionUID = 1;

        NotDone(String why) {
            super(why);
        }
    }

    private interface Action {
        String answer(Map<String, String> form) throws NotDone, IOException;
    }

    /**
     * Opens a station at a free port of this machine.
     *
     * @param folder a folder that only this user can read, for scripts
     */
    WebStation(Path folder) throws IOException {
        this.folder = folder;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/submit", this::submit);
        serve("/poll", this::poll);
        serve("/cancel", this::cancel);
        server.start();
    }

    URI address() {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/");
    }

    int requests() {
        return requests.get();
    }

    private void serve(String path, Action action) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            Map<String, String> form =
                    WebForm.read(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            try {
                answer(exchange, OK, action.answer(form));
            } catch (NotDone | IOException why) {
                answer(exchange, REFUSED, String.valueOf(why));
            }
        });
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private String submit(Map<String, String> form) throws IOException {
        String jobId = UUID.randomUUID().toString();
        Path script = Files.writeString(Files.createTempFile(folder, jobId, ".sh"), form.get(SCRIPT));
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(Path.of(form.get(LOG)).toFile()));
        form.forEach((name, value) -> {
            if (name.startsWith(VARIABLE)) {
                builder.environment().put(name.substring(VARIABLE.length()), value);
            }
        });
        jobs.put(jobId, new Job(form.get(NAME), builder.start()));
        return jobId;
    }

    private String poll(Map<String, String> form) {
        StringBuilder lines = new StringBuilder();
        for (String jobId : form.get(JOBS).split(",")) {
            Job job = jobs.get(jobId);
            if (job != null) {
                lines.append(jobId).append(' ').append(job.state()).append('\n');
            }
        }
        return lines.toString();
    }

    private String cancel(Map<String, String> form) throws NotDone {
        List<Job> running = new ArrayList<>();
        for (String jobId : form.get(JOBS).split(",")) {
            Job job = jobs.get(jobId);
            if (job != null && !job.name.equals(form.get(NAME))) {
                throw new NotDone(jobId + " is called " + job.name + ", and not " + form.get(NAME));
            }
            if (job != null && job.process.isAlive()) {
                running.add(job);
            }
        }
        for (Job job : running) {
            job.cancelled = true;
            job.process.destroy();
        }
        return "";
    }

    /** Stops answering, and ends all jobs. */
    @Override
    public void close() {
        server.stop(0);
        jobs.values().forEach(job -> job.process.destroyForcibly());
    }
}
