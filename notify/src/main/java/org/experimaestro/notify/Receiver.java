package org.experimaestro.notify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.experimaestro.core.host.HostIdentity;
import org.experimaestro.settings.NotificationSettings.Channel;
import org.experimaestro.settings.NotificationSettings.Desktop;

/**
 * The name of whom a channel reaches, in the files of a run. Two people who share a workspace have each their own, also
 * if they call their channels the same.
 */
final class Receiver {
    private static final int DIGITS = 8;

    private Receiver() {}

    /** Returns the name: that of the channel, and some digits that follow from the user and the target. */
    static String of(Channel channel) {
        List<String> parts = new ArrayList<>();
        parts.add(System.getProperty("user.name", ""));
        parts.add(channel.target().getClass().getSimpleName());
        channel.target().templates().forEach(template -> parts.add(template.text()));
        if (channel.target() instanceof Desktop) {
            parts.add(HostIdentity.current().name());
        }
        UUID digest = UUID.nameUUIDFromBytes(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
        return channel.name().toLowerCase(Locale.ROOT) + "-" + digest.toString().substring(0, DIGITS);
    }
}
