package org.experimaestro.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.experimaestro.disturbance.BackgroundTraining;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notifications about a run of the packed program, and their sender when its process is killed. */
class NotificationsIT {
    private static final String PLAN = """
            import java.nio.file.*;
            import org.experimaestro.*;
            class Gates implements ExperimentPlan<Gates.Settings> {
              record Settings(Path gate) {}
              @ConfigType("it.pass") record Pass(@Meta Path gate) implements SelfTask<Pass> {
                @Override public void execute(TaskContext context) throws Exception {
                  Path folder = gate.getParent();
                  try (var watch = folder.getFileSystem().newWatchService()) {
                    folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
                    while (Files.notExists(gate)) { var key = watch.take(); key.pollEvents(); if (!key.reset()) { break; } }
                  }
                }
              }
              @ConfigType("it.fall") record Fall(int seed) implements SelfTask<Fall> {
                @Override public void execute(TaskContext context) {
                  throw new IllegalStateException("the bridge \\"\\u001b is out");
                }
              }
              @Override public void run(Experiment xp, Settings settings) {
                xp.submit(Gates_PassBuilder.pass().gate(settings.gate()).build());
                xp.submit(Gates_FallBuilder.fall().seed(1).build().tag("seed", 1));
              }
            }
            """;

    @TempDir
    private Path folder;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final Map<String, String> environment = new HashMap<>();
    private HttpServer server;
    private Path plan;
    private Path script;

    @BeforeEach
    void unpack() throws IOException {
        UnpackedProgram program = UnpackedProgram.in(folder);
        script = program.script();
        environment.putAll(program.environment());
        environment.put("EXPERIMAESTRO_CONFIG", folder.resolve("config").toString());
        environment.put("CHAT_TOKEN", "s3cr3t");
        plan = Files.createDirectories(folder.resolve("plans"));
        Files.writeString(plan.resolve("experiment.java"), PLAN);
        Files.writeString(plan.resolve("debug.yaml"), "file: experiment\ngate: open\nworkdir: work\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook/s3cr3t", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        settings("""
                notifications:
                  chat:
                    webhook: http://127.0.0.1:%d/hook/${env:CHAT_TOKEN}
                    body: '{"text": "${event}: ${title}\\n${text}"}'
                """.formatted(server.getAddress().getPort()));
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        Files.writeString(plan.resolve("open"), "");
        server.stop(0);
        BackgroundTraining.awaitEnd(folder);
    }

    @Test
    void run_thatFails_isToldOnceWithTheReason() throws Exception {
        Files.writeString(plan.resolve("open"), "");
        Scripts.Outcome run = call("run-experiment", "debug.yaml");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        String last = receive();
        for (String next = received.poll(); next != null; next = received.poll()) {
            assertThat(last).contains("failure: debug: a job has failed");
            last = next;
        }
        assertThat(last).contains("end: debug has failed: 1 of 2 jobs");
        assertThat(run.out() + run.err()).doesNotContain("s3cr3t", "Warning");
    }

    @Tag("thorough")
    @Test
    void run_whoseProcessIsKilled_isToldByAnotherOnce() throws Exception {
        Scripts.Running run = Scripts.start(plan, environment, script.toString(), "run-experiment", "debug.yaml");
        assertThat(receive())
                .startsWith("{\"text\": \"failure: debug: a job has failed\\nit.fall/")
                .contains("(seed=1): java.lang.IllegalStateException: the bridge \\\"\\\\u001B is out\\n");
        run.process().destroyForcibly();
        Scripts.finish(run);

        Scripts.Outcome follower = call("notify", "debug.yaml");
        assertThat(follower.exitCode()).as(follower.err()).isZero();
        assertThat(receive()).contains("end: debug has ended without a result: 0 of 2 jobs done");
        assertThat(call("notify", "debug.yaml").exitCode()).isZero();
        assertThat(received).isEmpty();

        // The next run waits for the job that the killed one has left, which writes into the folder until its end.
        Files.writeString(plan.resolve("open"), "");
        assertThat(call("run-experiment", "debug.yaml").exitCode()).isEqualTo(1);
    }

    @Test
    void notify_test_saysWhatWasDelivered() throws Exception {
        Scripts.Outcome good = call("notify", "--test");
        assertThat(good.out()).isEqualTo("chat: delivered\n");
        assertThat(good.exitCode()).as(good.err()).isZero();
        assertThat(receive()).contains("test: Experimaestro: a test");

        environment.remove("CHAT_TOKEN");
        Scripts.Outcome unset = call("notify", "--test");
        assertThat(unset.exitCode()).isEqualTo(1);
        assertThat(unset.err()).contains("settings.yaml:2", "the variable CHAT_TOKEN of the environment is not set");

        Scripts.Outcome unknown = call("notify", "--test", "chatt");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("did you mean \"chat\"?");

        settings("notifications: {chat: {webhook: 7}}\n");
        Scripts.Outcome wrong = call("run-experiment", "debug.yaml");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("settings.yaml:1", "is not the address of a webhook");
        assertThat(plan.resolve("work/experiments")).doesNotExist();
    }

    private void settings(String yaml) throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/settings.yaml"), yaml);
    }

    private String receive() throws InterruptedException {
        String body = received.poll(1, TimeUnit.MINUTES);
        assertThat(body).as("a notification").isNotNull();
        return body;
    }

    private Scripts.Outcome call(String... words) throws IOException {
        String[] command = new String[words.length + 1];
        command[0] = script.toString();
        System.arraycopy(words, 0, command, 1, words.length);
        return Scripts.run(plan, environment, command);
    }
}
