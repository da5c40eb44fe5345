package org.experimaestro.runtime;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.experimaestro.ConfigException;
import org.experimaestro.Configurable;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.Announcement;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.jspecify.annotations.Nullable;

/** The announcements of one attempt, which knows those that its folder has of earlier ones. Confined to one thread at a time. */
final class JobAnnouncements {
    private final JobFolder folder;
    private final int attempt;
    private final TaskIdentities identities;
    /** By name; {@code null} until the first announcement. */
    private @Nullable Map<String, Announcement> known;

    JobAnnouncements(JobFolder folder, int attempt, TaskIdentities identities) {
        this.folder = folder;
        this.attempt = attempt;
        this.identities = identities;
    }

    /** Stores an announcement, unless its name has an equal one. */
    void add(String name, Configurable output) {
        Map<String, Object> json =
                identities.announced(folder.path(), folder.workspace(), folder.pathToWorkspace(), name, output);
        Map<String, Announcement> before = known();
        Announcement announcement =
                new Announcement(attempt, Instant.ofEpochMilli(System.currentTimeMillis()), name, json);
        Announcement same = before.get(name);
        if (same != null) {
            requireEqual(same, announcement);
            return;
        }
        try {
            folder.announcements().append(announcement);
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot announce \"" + name + "\": " + Failures.reason(failed))
                    .at(folder.announcements().file().toString())
                    .cause(failed)
                    .build();
        }
        before.put(name, announcement);
    }

    private static void requireEqual(Announcement before, Announcement now) {
        if (!before.id().equals(now.id())) {
            throw ConfigException.of("Cannot announce \"" + now.name() + "\" again: it is " + now.shown()
                            + ", and attempt " + before.attempt() + " has announced " + before.shown())
                    .advice("announce what is new under a name of its own")
                    .build();
        }
    }

    private Map<String, Announcement> known() {
        Map<String, Announcement> found = known;
        if (found == null) {
            found = new HashMap<>();
            for (Announcement each : folder.announcements().read()) {
                found.put(each.name(), each);
            }
            known = found;
        }
        return found;
    }
}
