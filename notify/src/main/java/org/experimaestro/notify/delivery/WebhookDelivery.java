package org.experimaestro.notify.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.settings.NotificationSettings.Webhook;
import org.experimaestro.settings.NotificationTemplate;
import org.experimaestro.settings.SecretVariables;

/**
 * The delivery to a webhook, by POST of HTTP. Redirects are not followed, because they could lead the secrets of a
 * header elsewhere. Each try of a notification has the same {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key),
 * so that a receiver that knows this header takes it once.
 */
final class WebhookDelivery implements Delivery {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MOST_SHOWN = 200;
    private static final int MOST_READ = 1 << 20;
    private static final Pattern OTHER = Pattern.compile("[^ -~]");
    /** Request Timeout, Too Early, Too Many Requests (RFC 9110, RFC 8470, RFC 6585). */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final Webhook webhook;
    private final Map<String, String> environment;

    WebhookDelivery(Webhook webhook, Map<String, String> environment) {
        this.webhook = webhook;
        this.environment = environment;
    }

    @Override
    public void deliver(Notification notification) throws DeliveryException, InterruptedException {
        HttpRequest request = request(notification);
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            HttpResponse<byte[]> answer = answer(client, request);
            if (answer.statusCode() / 100 != 2) {
                throw refused(request.uri(), answer);
            }
        } catch (TimeoutException late) {
            throw new DeliveryException(host(request.uri()) + " has not answered in time", false);
        } catch (IOException | UncheckedIOException failed) {
            String reason = failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
            throw new DeliveryException(
                    host(request.uri()) + " cannot be reached: " + withoutSecrets(request.uri(), reason), false);
        }
    }

    /** Returns the whole answer, or gives up: a server may begin one and not end it. */
    private static HttpResponse<byte[]> answer(HttpClient client, HttpRequest request)
            throws IOException, TimeoutException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_READ));
        try {
            return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof HttpTimeoutException) {
                throw new TimeoutException();
            }
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
        } finally {
            answer.cancel(true);
            client.shutdownNow();
        }
    }

    private HttpRequest request(Notification notification) throws DeliveryException {
        String body = webhook.body()
                .map(template -> fill(template, notification, WebhookDelivery::inJson, WebhookDelivery::inJson))
                .orElseGet(notification::toJson);
        if (webhook.body().isPresent()) {
            requireJson(body);
        }
        String url = fill(webhook.url(), notification, WebhookDelivery::inUrl, UnaryOperator.identity());
        try {
            URI address = URI.create(url.strip());
            if (address.getUserInfo() != null) {
                throw new DeliveryException("its address has a user or a password, which belongs into a header", true);
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(address)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "\"" + notification.key() + "\"")
                    .header("User-Agent", "experimaestro");
            webhook.headers()
                    .forEach((name, value) -> request.setHeader(
                            name, fill(value, notification, WebhookDelivery::inHeader, UnaryOperator.identity())));
            return request.POST(HttpRequest.BodyPublishers.ofString(body)).build();
        } catch (IllegalArgumentException wrong) {
            // Its message has the address or the value of a header, which may be secrets.
            Set<String> variables = new TreeSet<>(webhook.url().variables());
            webhook.headers().values().forEach(header -> variables.addAll(header.variables()));
            throw new DeliveryException(
                    "its address or a header cannot be used"
                            + (variables.isEmpty() ? "" : "; see the variables " + String.join(", ", variables)),
                    true);
        }
    }

    private String fill(
            NotificationTemplate template,
            Notification notification,
            UnaryOperator<String> field,
            UnaryOperator<String> variable) {
        return template.fill(
                name -> field.apply(notification.value(name)),
                name -> variable.apply(environment.getOrDefault(name, "").strip()));
    }

    /** Returns a value as a part of a JSON text, between its quotes. */
    private static String inJson(String value) {
        String quoted = Json.writeLine(value);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String inUrl(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void requireJson(String body) throws DeliveryException {
        try {
            Json.parse(body);
        } catch (JsonException malformed) {
            throw new DeliveryException("its body is no JSON: " + malformed.getMessage(), true);
        }
    }

    private DeliveryException refused(URI address, HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
        return new DeliveryException(
                host(address) + " answers " + status
                        + (text.isEmpty() ? "" : ": " + VisibleText.cut(withoutSecrets(address, text), MOST_SHOWN)),
                status < 500 && !PASSING.contains(status));
    }

    /** Returns a text of the server without what may be secret of the request, which many servers repeat. */
    private String withoutSecrets(URI address, String text) {
        List<String> secrets = new ArrayList<>();
        for (NotificationTemplate template : webhook.templates()) {
            template.variables()
                    .forEach(name ->
                            secrets.add(environment.getOrDefault(name, "").strip()));
        }
        secrets.add(address.getRawPath());
        secrets.add(address.getPath());
        secrets.add(address.getRawQuery() == null ? "" : address.getRawQuery());
        secrets.sort(Comparator.comparingInt(String::length).reversed()); // one may be a part of another
        String shown = text;
        for (String secret : secrets) {
            shown = secret.length() <= 1 ? shown : shown.replace(secret, SecretVariables.HIDDEN);
        }
        return VisibleText.of(shown);
    }

    /** Returns a value as a part of a header (RFC 9110, section 5.5): visible characters of ASCII. */
    private static String inHeader(String value) {
        return OTHER.matcher(value).replaceAll("?");
    }

    /** Returns what may be shown of an address: its path may be a secret. */
    private static String host(URI address) {
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }
}
