package org.experimaestro.notify.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.settings.NotificationSettings.Webhook;
import org.experimaestro.settings.NotificationTemplate;

/**
 * The delivery to a webhook, by POST of HTTP. Redirects are not followed, because they could lead the secrets of a
 * header elsewhere. Each try of a notification has the same {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key),
 * so that a receiver that knows this header takes it once.
 */
final class WebhookDelivery implements Delivery {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MOST_SHOWN = 200;
    private static final int MOST_READ = 4_096;
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
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() / 100 != 2) {
                    throw refused(request.uri(), answer.statusCode(), body.readNBytes(MOST_READ));
                }
            }
        } catch (HttpTimeoutException late) {
            throw new DeliveryException(host(request.uri()) + " has not answered in time", false);
        } catch (IOException failed) {
            String reason = failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
            throw new DeliveryException(host(request.uri()) + " cannot be reached: " + VisibleText.of(reason), false);
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
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url.strip()))
                    .timeout(ANSWER)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "\"" + notification.key() + "\"")
                    .header("User-Agent", "experimaestro");
            webhook.headers()
                    .forEach((name, value) -> request.setHeader(
                            name, fill(value, notification, VisibleText::of, UnaryOperator.identity())));
            return request.POST(HttpRequest.BodyPublishers.ofString(body)).build();
        } catch (IllegalArgumentException wrong) {
            // Its message has the address, which may be a secret.
            throw new DeliveryException(
                    webhook.url().variables().isEmpty()
                            ? "its request cannot be made: " + wrong.getMessage()
                            : "the address that ${env:"
                                    + String.join("}, ${env:", webhook.url().variables())
                                    + "} gives is none of a webhook",
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

    private static DeliveryException refused(URI address, int status, byte[] body) {
        String text = VisibleText.cut(new String(body, StandardCharsets.UTF_8).strip(), MOST_SHOWN);
        return new DeliveryException(
                host(address) + " answers " + status + (text.isEmpty() ? "" : ": " + text),
                status < 500 && !PASSING.contains(status));
    }

    /** Returns what may be shown of an address: its path may be a secret. */
    private static String host(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }
}
