package org.experimaestro.settings;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.experimaestro.Default;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Mapping;

/**
 * The channels over which a user is told about runs, under the key {@code notifications} of the user's settings. A workspace
 * has no such settings: a command in them would run in the name of each of its users. Immutable.
 *
 * @param channels the channels, in their order in the file
 * @param problems the problems of the key, each with its place; if there are some, there are no channels
 */
public record NotificationSettings(List<Channel> channels, List<String> problems) {
    /** No channels. */
    public static final NotificationSettings NONE = new NotificationSettings(List.of(), List.of());

    private static final Duration USUAL_STALL = Duration.ofHours(1);
    private static final Duration USUAL_DIGEST = Duration.ofMinutes(15);
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}");
    /** The headers that carry secrets, among them those of many services, such as {@code X-Api-Key}. */
    private static final Pattern SECRET_HEADER =
            Pattern.compile("authorization|proxy-authorization|cookie|.*(token|key|secret|password)");

    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    /** The headers that the client sets itself. */
    private static final Set<String> OWN_HEADERS =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

    /** Copies the lists. */
    public NotificationSettings {
        channels = List.copyOf(channels);
        problems = List.copyOf(problems);
    }

    /** The receiver of the notifications of a channel. */
    public sealed interface Target {
        /** Returns the templates of the target, whose variables must be set. */
        List<NotificationTemplate> templates();
    }

    /**
     * An address to which notifications are sent by POST of HTTP.
     *
     * @param url the address
     * @param body the body; empty for a JSON object with all fields
     * @param headers the headers by name
     */
    public record Webhook(
            NotificationTemplate url,
            Optional<NotificationTemplate> body,
            SortedMap<String, NotificationTemplate> headers)
            implements Target {
        /** Copies the map. */
        public Webhook {
            headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
        }

        @Override
        public List<NotificationTemplate> templates() {
            List<NotificationTemplate> all = new ArrayList<>(List.of(url));
            body.ifPresent(all::add);
            all.addAll(headers.values());
            return all;
        }
    }

    /**
     * A command that is started for each notification, without a shell. Its standard input is a JSON object with all
     * fields.
     *
     * @param words the program and its arguments
     */
    public record Command(List<NotificationTemplate> words) implements Target {
        /** Copies the list. */
        public Command {
            words = List.copyOf(words);
        }

        @Override
        public List<NotificationTemplate> templates() {
            return words;
        }
    }

    /** The desktop of the user on the machine of the run. */
    public record Desktop() implements Target {
        @Override
        public List<NotificationTemplate> templates() {
            return List.of();
        }
    }

    /**
     * A way to tell a user about runs.
     *
     * @param name its name
     * @param target the receiver
     * @param events the events about which it tells
     * @param stall the time without progress after which a run counts as stalled
     * @param digest the least time between two notifications about failures
     * @param place the place of the channel, for messages
     */
    public record Channel(
            String name, Target target, Set<NotificationEvent> events, Duration stall, Duration digest, String place) {
        /** Copies the set. */
        public Channel {
            events = Set.copyOf(events);
        }
    }

    @DisplayName("the notifications")
    private record Written(@Default("{}") Map<String, Located<WrittenChannel>> notifications) {}

    @DisplayName("a channel of notifications")
    private record WrittenChannel(
            Optional<Located<NotificationTemplate>> webhook,
            Optional<Located<NotificationTemplate>> body,
            @Default("{}") Map<String, Located<NotificationTemplate>> headers,
            Optional<Located<List<NotificationTemplate>>> command,
            Optional<Located<Boolean>> desktop,
            Optional<Set<NotificationEvent>> when,
            Optional<Located<Duration>> stall,
            Optional<Located<Duration>> digest) {}

    /** Reads the key of a file. Problems are kept, because most commands send nothing. */
    static NotificationSettings read(Mapping file, Source source) {
        Entry written = file.entries().get(KeyNames.NOTIFICATIONS);
        if (written == null) {
            return NONE;
        }
        var problems = new Problems(WorkspaceException::of);
        Mapping alone = new Mapping(Map.of(KeyNames.NOTIFICATIONS, written), file.origin());
        List<Channel> channels = new ArrayList<>();
        new SettingsBinder(problems, source.folder())
                .bindAll(Written.class, alone)
                .map(Written.class::cast)
                .ifPresent(bound -> bound.notifications()
                        .forEach((name, channel) ->
                                channel(name, channel, problems).ifPresent(channels::add)));
        return problems.isEmpty()
                ? new NotificationSettings(channels, List.of())
                : new NotificationSettings(List.of(), problems.messages());
    }

    private static Optional<Channel> channel(String name, Located<WrittenChannel> located, Problems problems) {
        WrittenChannel written = located.value();
        Origin origin = located.origin();
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    origin,
                    "%s cannot be the name of a channel".formatted(Texts.quote(name)),
                    "use letters, digits, - and _, at most 40");
        }
        Duration stall = time(written.stall(), USUAL_STALL, problems);
        Duration digest = time(written.digest(), USUAL_DIGEST, problems);
        return target(name, written, origin, problems)
                .map(target -> new Channel(
                        name,
                        target,
                        written.when().orElse(EnumSet.allOf(NotificationEvent.class)),
                        stall,
                        digest,
                        origin.place()));
    }

    private static Duration time(Optional<Located<Duration>> written, Duration usual, Problems problems) {
        written.filter(time -> time.value().compareTo(LEAST) < 0)
                .ifPresent(time -> problems.add(
                        time.origin(), "the time %s is too short".formatted(time.value()), "the least is 1 s"));
        return written.map(Located::value).orElse(usual);
    }

    private static Optional<Target> target(String name, WrittenChannel written, Origin origin, Problems problems) {
        Map<String, Target> targets = new LinkedHashMap<>();
        written.webhook().ifPresent(url -> targets.put("webhook", webhook(url, written, problems)));
        written.command().ifPresent(command -> {
            if (command.value().isEmpty() || command.value().getFirst().text().isEmpty()) {
                problems.add(command.origin(), "the command of the channel " + name + " has no program");
            }
            command.value().stream()
                    .filter(word -> !word.variables().isEmpty())
                    .findFirst()
                    .ifPresent(word -> problems.add(
                            command.origin(),
                            "the command of the channel " + name + " has " + Texts.quote(word.text())
                                    + " as a word, which all users of the machine can see",
                            "the command has the variables of the environment anyway: use them in it"));
            targets.put("command", new Command(command.value()));
        });
        written.desktop().filter(Located::value).ifPresent(wanted -> targets.put("desktop", new Desktop()));
        if (targets.size() != 1) {
            problems.add(
                    origin,
                    "the channel %s has %s"
                            .formatted(
                                    Texts.quote(name),
                                    targets.isEmpty()
                                            ? "no receiver"
                                            : targets.size() + " receivers: " + String.join(", ", targets.keySet())),
                    "give it one of webhook: URL, command: [PROGRAM, ARGUMENT] and desktop: true");
            return Optional.empty();
        }
        if (written.webhook().isEmpty()) {
            written.body().ifPresent(body -> refuse(body, "body", problems));
            written.headers().values().stream().findFirst().ifPresent(header -> refuse(header, "headers", problems));
        }
        return targets.values().stream().findFirst();
    }

    private static void refuse(Located<?> value, String key, Problems problems) {
        problems.add(value.origin(), "the key " + Texts.quote(key) + " is for webhooks, and this channel has none");
    }

    private static Webhook webhook(Located<NotificationTemplate> url, WrittenChannel written, Problems problems) {
        checkUrl(url, problems);
        written.body().ifPresent(body -> checkBody(body, problems));
        SortedMap<String, NotificationTemplate> headers = new TreeMap<>();
        written.headers().forEach((name, value) -> {
            checkHeader(name, value, problems);
            headers.put(name, value.value());
        });
        return new Webhook(url.value(), written.body().map(Located::value), headers);
    }

    /** Checks an address with some value in its places: only the beginning must be known now. */
    private static void checkUrl(Located<NotificationTemplate> url, Problems problems) {
        NotificationTemplate template = url.value();
        String text = template.fill(name -> "x", name -> "x");
        boolean isWhole = template.text().startsWith("${env:"); // the whole address is a secret of many services
        try {
            URI address = URI.create(text);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if (!isWhole && (!(scheme.equals("https") || scheme.equals("http")) || address.getHost() == null)) {
                problems.add(
                        url.origin(),
                        Texts.quote(template.text()) + " is not the address of a webhook",
                        "write https://HOST/PATH, or ${env:NAME} for an address that is a secret");
            } else if (address.getUserInfo() != null) {
                problems.add(
                        url.origin(),
                        "the address of a webhook has a user or a password",
                        "send it in a header, from the environment: headers: {Authorization: \"Basic ${env:NAME}\"}");
            }
        } catch (IllegalArgumentException malformed) {
            problems.add(url.origin(), Texts.quote(template.text()) + " is no address: " + malformed.getMessage());
        }
    }

    /** Checks a body with some value in its places. */
    private static void checkBody(Located<NotificationTemplate> body, Problems problems) {
        String text = body.value().fill(name -> "0", name -> "x");
        try {
            Json.parse(text);
        } catch (JsonException malformed) {
            problems.add(
                    body.origin(),
                    "the body of a webhook is no JSON: " + malformed.getMessage(),
                    "put texts in double quotes, as in body: '{\"text\": \"${title}\"}'");
        }
    }

    private static void checkHeader(String name, Located<NotificationTemplate> value, Problems problems) {
        String folded = name.toLowerCase(Locale.ROOT);
        if (!HEADER.matcher(name).matches() || OWN_HEADERS.contains(folded)) {
            problems.add(value.origin(), Texts.quote(name) + " cannot be a header of a webhook");
        } else if (SECRET_HEADER.matcher(folded).matches()
                && value.value().variables().isEmpty()) {
            problems.add(
                    value.origin(),
                    "the value of the header " + name + " is a secret, which no file should have",
                    "take it from the environment: " + name + ": \"Bearer ${env:NAME}\"");
        }
    }
}
