package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;

/**
 * The notifications about a run. Each is a file that its sender makes before it sends, and that only one sender can make.
 * So each is sent at most once, by however many processes, also after a crash. Thread-safe.
 */
public final class SentNotifications {
    static final String FOLDER = "notifications";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private final RunFolder run;
    private final Path folder;

    /**
     * Creates a view of the notifications about a run.
     *
     * @param run the run
     */
    public SentNotifications(RunFolder run) {
        this.run = run;
        this.folder = run.path().resolve(FOLDER);
    }

    /**
     * Takes a notification, to send it.
     *
     * @param name the name, which tells the notification from all others of its channel: letters, digits, - and _
     * @param notification the notification
     * @return whether the caller has to send it; false if it is another's
     * @throws WorkspaceException if the file cannot be written: then it should not be sent
     */
    public boolean take(String name, SentNotification notification) {
        if (!NAME.matcher(name).matches()
                || !NAME.matcher(notification.channel()).matches()) {
            throw new IllegalArgumentException("No file can have this name: " + name + "." + notification.channel());
        }
        Map<String, Object> json = StoredFiles.begin();
        json.put("time", TimeText.of(notification.time().toEpochMilli()));
        json.put("channel", notification.channel());
        json.put("event", notification.event());
        json.put("failures", notification.failures());
        json.put("sender", ProcessIdentity.current().toJson());
        try {
            OwnFolders.requireFolder(OwnFolders.look(run.path()), run.path());
            OwnFolders.make(run.path().resolve("../../../..").normalize(), folder);
            return AtomicFile.create(
                    folder.resolve(name + "." + notification.channel() + JobLayout.JSON), Json.write(json));
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot note that " + notification.channel() + " is told about the run "
                            + run.qualifiedName() + ", so it is not told: " + Failures.reason(failed))
                    .cause(failed)
                    .build();
        }
    }

    /**
     * Lists the notifications over a channel.
     *
     * @param channel the name of the channel
     * @return all that can be read, the oldest first
     */
    public List<SentNotification> list(String channel) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<SentNotification> sent = new ArrayList<>();
        for (String file : Workspace.listNames(folder)) {
            if (file.endsWith("." + channel + JobLayout.JSON)) {
                read(folder.resolve(file)).ifPresent(sent::add);
            }
        }
        sent.sort(Comparator.comparing(SentNotification::time));
        return sent;
    }

    private static Optional<SentNotification> read(Path file) {
        try {
            JsonObject json = StoredFiles.CURRENT.read(file, JsonFile.SMALL_BYTES);
            return Optional.of(new SentNotification(
                    json.string("channel"),
                    json.string("event"),
                    json.time("time"),
                    json.integer("failures", 0, Integer.MAX_VALUE)));
        } catch (IOException | JsonException damaged) {
            return Optional.empty(); // its name still keeps it from being sent again
        }
    }
}
