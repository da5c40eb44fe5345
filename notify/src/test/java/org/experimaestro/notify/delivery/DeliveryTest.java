package org.experimaestro.notify.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.experimaestro.core.json.Json;
import org.experimaestro.settings.NotificationField;
import org.experimaestro.settings.NotificationSettings.Channel;
import org.experimaestro.settings.NotificationSettings.Command;
import org.experimaestro.settings.NotificationSettings.Target;
import org.experimaestro.settings.NotificationSettings.Webhook;
import org.experimaestro.settings.NotificationTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a real server and real processes. */
@Tag("thorough")
class DeliveryTest {
    /** What a job may put in its message: quotes, a line break, an escape of a terminal, a dollar. */
    private static final String HOSTILE = "\"}, {\"x\": '$(touch /tmp/x)'\n\u001b[2J ${env:SECRET} \\ é";

    private static final Map<String, String> ENVIRONMENT = Map.of("SECRET", "s3cr3t", "QUOTED", "a\"b");

    @TempDir
    private Path folder;

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String answer = "";

    private record Request(String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(new Request(
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            byte[] text = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Location", address() + "/elsewhere");
            exchange.sendResponseHeaders(status, text.length == 0 ? -1 : text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void webhook_noBody_getsAllFieldsAsJson() throws Exception {
        delivery(webhook(address() + "/hook", null, Map.of())).deliver(notification());

        Request request = requests.take();
        Map<?, ?> json = (Map<?, ?>) Json.parse(request.body());
        assertThat(json.keySet().stream().map(String::valueOf)).containsExactlyElementsOf(NotificationField.keys());
        assertThat(json.get("text")).isEqualTo(HOSTILE);
        assertThat(json.get("failed")).isEqualTo(3L);
        assertThat(request.header("Content-type")).isEqualTo("application/json");
        assertThat(request.header("Idempotency-key")).isEqualTo("\"grid/1/end.chat\"");
    }

    @Test
    void webhook_templates_valuesStayValues() throws Exception {
        delivery(webhook(
                        address() + "/${env:SECRET}?t=${text}",
                        "{\"text\": \"${text}\", \"n\": ${failed}, \"q\": \"${env:QUOTED}\"}",
                        Map.of("Authorization", "Bearer ${env:SECRET}", "X-Text", "${title}")))
                .deliver(notification());

        Request request = requests.take();
        Map<?, ?> json = (Map<?, ?>) Json.parse(request.body());
        assertThat(json.get("text")).isEqualTo(HOSTILE);
        assertThat(json.get("n")).isEqualTo(3L);
        assertThat(json.get("q")).isEqualTo("a\"b");
        assertThat(json).hasSize(3);
        assertThat(request.path()).startsWith("/s3cr3t?t=%22%7D%2C%20").doesNotContain("\n");
        assertThat(request.header("Authorization")).isEqualTo("Bearer s3cr3t");
    }

    @Test
    void webhook_bodyThatIsNoJson_isRefusedBeforeItIsSent() {
        DeliveryException refused = refusal(delivery(webhook(address(), "{text: ${text}}", Map.of())));

        assertThat(refused).hasMessageContaining("its body is no JSON").matches(DeliveryException::isFinal);
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"400, true", "404, true", "302, true", "408, false", "429, false", "500, false", "503, false"})
    void webhook_refusal_saysWhetherAnotherTryHelps(int code, boolean isFinal) {
        status = code;
        answer = "no such\nhook /hook/s3cr3t \u001b[2J"; // as many servers say it
        DeliveryException refused = refusal(delivery(webhook(address() + "/hook/${env:SECRET}", null, Map.of())));

        assertThat(refused.isFinal()).isEqualTo(isFinal);
        assertThat(refused)
                .hasMessageContaining(" answers " + code + ": no such\\nhook (hidden) \\u001B[2J")
                .message()
                .doesNotContain("s3cr3t");
        assertThat(requests).as("no redirect is followed").hasSize(1);
    }

    @Test
    void webhook_nobodyListens_isForAnotherTry() {
        server.stop(0);

        assertThat(refusal(delivery(webhook(address() + "/${env:SECRET}", null, Map.of()))))
                .matches(failed -> !failed.isFinal())
                .hasMessageContaining("cannot be reached")
                .message()
                .doesNotContain("s3cr3t");
    }

    @Test
    void webhook_addressFromTheEnvironmentThatIsNone_isNotShown() {
        assertThat(refusal(delivery(webhook("${env:QUOTED}", null, Map.of()))))
                .hasMessageContaining("its address or a header cannot be used; see the variables QUOTED")
                .message()
                .doesNotContain("a\"b");
    }

    @Test
    void webhook_answerThatDoesNotEnd_isGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket client = silent.accept()) {
                    client.getOutputStream()
                            .write("HTTP/1.1 500 No\r\nContent-Length: 10\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    client.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException closed) {
                    return; // the delivery has given up
                }
            });
            assertThat(refusal(delivery(webhook("http://127.0.0.1:" + silent.getLocalPort(), null, Map.of()))))
                    .hasMessageEndingWith("has not answered in time");
        }
    }

    @Test
    void webhook_secretsOfTheWrongForm_areInNoMessage() {
        Map<String, String> environment = Map.of("KEY", "to\nken", "URL", "http://me:secret@127.0.0.1/x");
        Channel header = channel(webhook(address(), null, Map.of("X-Key", "${env:KEY}")));
        Channel user = channel(webhook("${env:URL}", null, Map.of()));

        assertThat(refusal(Delivery.of(header, environment)))
                .hasMessageContaining("see the variables KEY")
                .message()
                .doesNotContain("ken");
        assertThat(refusal(Delivery.of(user, environment)))
                .hasMessageContaining("has a user or a password")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void webhook_headerBeyondAscii_isSentAllTheSame() throws Exception {
        delivery(webhook(address(), null, Map.of("X-Text", "${text}"))).deliver(notification());

        assertThat(requests.take().header("X-text")).endsWith("\\ ?").doesNotContain("\n");
    }

    @Test
    void command_words_areNeverReadByAShell() throws Exception {
        Path out = folder.resolve("out");
        delivery(command("sh", "-c", "printf %s \"$1\" >" + out + "; cat >" + out + ".json", "sh", "${text}"))
                .deliver(notification());

        assertThat(out).content().isEqualTo(HOSTILE);
        Map<?, ?> json = (Map<?, ?>)
                Json.parse(Files.readString(folder.resolve("out.json")).strip());
        assertThat(json.get("text")).isEqualTo(HOSTILE);
    }

    @Test
    void command_thatFails_saysItsLastLine() {
        assertThat(refusal(delivery(command("sh", "-c", "echo one; echo two >&2; exit 3"))))
                .hasMessage("sh ended with exit code 3: two");
        assertThat(refusal(delivery(command(folder.resolve("none").toString()))))
                .hasMessageContaining("cannot be started");
    }

    @Test
    void command_thatReadsNothing_isDelivered() {
        assertThatCode(() -> delivery(command("true")).deliver(notification())).doesNotThrowAnyException();
    }

    @Test
    void command_thatDoesNotEnd_isEndedWithWhatItStarted() throws Exception {
        Path pid = folder.resolve("pid");
        DeliveryException late = catchThrowableOfType(
                DeliveryException.class,
                () -> CommandDelivery.run(
                        List.of("sh", "-c", "sleep 1000 & echo $! >" + pid + "; wait"), "", Duration.ofSeconds(2)));

        assertThat(late).hasMessage("sh has not ended within 2 s");
        long sleep = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(sleep).ifPresent(process -> process.onExit().join());
    }

    @Test
    void desktop_text_isNoOptionNoScriptAndNoMarkup() {
        Notification hostile = new Notification(
                "k", Map.of(NotificationField.TITLE, "--help", NotificationField.TEXT, "<b>\" & quit\u001b"));

        assertThat(new DesktopDelivery("Linux").command(hostile))
                .endsWith("--", "--help", "&lt;b&gt;\" &amp; quit\\u001B");
        assertThat(new DesktopDelivery("Mac OS X").command(hostile)).endsWith(" --help", "<b>\" & quit\\u001B");
    }

    @Test
    void obstacle_variablesThatAreNotSet_areAllNamed() {
        assertThat(DesktopDelivery.obstacle("Linux", Map.of())).isPresent();
        assertThat(DesktopDelivery.obstacle("Linux", Map.of("DISPLAY", ":0"))).isEmpty();
        Channel channel = channel(webhook("${env:A_URL}", null, Map.of("X-Key", "${env:B_KEY}${env:SECRET}")));

        assertThat(Delivery.obstacle(channel, ENVIRONMENT))
                .contains("the variables A_URL, B_KEY of the environment are not set");
        assertThat(Delivery.obstacle(channel, Map.of("A_URL", "x", "B_KEY", "y", "SECRET", "z")))
                .isEmpty();
    }

    private static DeliveryException refusal(Delivery delivery) {
        return catchThrowableOfType(DeliveryException.class, () -> delivery.deliver(notification()));
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static Webhook webhook(String url, @Nullable String body, Map<String, String> headers) {
        SortedMap<String, NotificationTemplate> templates = new TreeMap<>();
        headers.forEach((name, value) -> templates.put(name, NotificationTemplate.parse(value)));
        return new Webhook(
                NotificationTemplate.parse(url), Optional.ofNullable(body).map(NotificationTemplate::parse), templates);
    }

    private static Command command(String... words) {
        return new Command(Stream.of(words).map(NotificationTemplate::parse).toList());
    }

    private static Delivery delivery(Target target) {
        return Delivery.of(channel(target), ENVIRONMENT);
    }

    private static Channel channel(Target target) {
        return new Channel("chat", target, Set.of(), Duration.ofHours(1), Duration.ofMinutes(15), "settings.yaml:2");
    }

    private static Notification notification() {
        return new Notification(
                "grid/1/end.chat",
                Map.of(
                        NotificationField.TITLE, "grid has failed",
                        NotificationField.TEXT, HOSTILE,
                        NotificationField.FAILED, "3"));
    }
}
