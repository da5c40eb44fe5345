package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
 * So one process sends each, also after a crash. Thread-safe.
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
     * @param name the name, which tells the notification from all others for its receiver: letters, digits, - and _; it
     *     begins with the event
     * @param notification the notification
     * @return whether the caller has to send it; false if it is another's
     * @throws WorkspaceException if the file cannot be written: then it should not be sent
     */
    public boolean take(String name, SentNotification notification) {
        if (!NAME.matcher(name).matches()
                || !NAME.matcher(notification.receiver()).matches()) {
            throw new IllegalArgumentException("No file can have this name: " + name + "." + notification.receiver());
        }
        Map<String, Object> json = StoredFiles.begin();
        json.put("time", TimeText.of(notification.time().toEpochMilli()));
        json.put("receiver", notification.receiver());
        json.put("event", notification.event());
        json.put("failures", notification.failures());
        json.put("sender", ProcessIdentity.current().toJson());
        try {
            OwnFolders.requireFolder(OwnFolders.look(run.path()), run.path());
            OwnFolders.make(run.path().resolve("../../../..").normalize(), folder);
            return AtomicFile.create(
                    folder.resolve(name + "." + notification.receiver() + JobLayout.JSON), Json.write(json));
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot take the notification " + name + " for " + notification.receiver()
                            + " about the run " + run.qualifiedName() + ", so it is not sent: "
                            + Failures.reason(failed))
                    .cause(failed)
                    .build();
        }
    }

    /**
     * Lists the notifications for a receiver.
     *
     * @param receiver the name of the receiver
     * @return all, the oldest first; of a file that cannot be read, what its name and its time tell
     */
    public List<SentNotification> list(String receiver) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        String suffix = "." + receiver + JobLayout.JSON;
        List<SentNotification> sent = new ArrayList<>();
        for (String file : Workspace.listNames(folder)) {
            if (file.endsWith(suffix) && !AtomicFile.isTemporary(file)) {
                sent.add(read(folder.resolve(file), file.substring(0, file.length() - suffix.length()), receiver));
            }
        }
        sent.sort(Comparator.comparing(SentNotification::time));
        return sent;
    }

    private static SentNotification read(Path file, String name, String receiver) {
        try {
            JsonObject json = StoredFiles.CURRENT.read(file, JsonFile.SMALL_BYTES);
            return new SentNotification(
                    receiver, json.string("event"), json.time("time"), json.integer("failures", 0, Integer.MAX_VALUE));
        } catch (IOException | JsonException damaged) {
            String event = name.indexOf('-') < 0 ? name : name.substring(0, name.indexOf('-'));
            return new SentNotification(receiver, event, changed(file), 0);
        }
    }

    private static Instant changed(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException gone) {
            return Instant.EPOCH;
        }
    }
}
