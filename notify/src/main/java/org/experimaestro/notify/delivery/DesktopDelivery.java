package org.experimaestro.notify.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.settings.NotificationField;

/**
 * The delivery to the desktop: by {@code notify-send} (libnotify), which follows the Desktop Notifications Specification
 * of freedesktop.org, or by {@code osascript} on macOS.
 */
final class DesktopDelivery implements Delivery {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** The arguments are no part of the script, so no text of a job is run as one. */
    private static final String SCRIPT =
            "on run argv\ndisplay notification (item 2 of argv) with title (item 1 of argv)\nend run";

    private final boolean isMac;

    DesktopDelivery(String system) {
        isMac = isMac(system);
    }

    /** Returns why this process has no desktop; empty if it seems to have one. */
    static Optional<String> obstacle(String system, Map<String, String> environment) {
        boolean hasDesktop = isMac(system)
                || Stream.of("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")
                        .anyMatch(name -> !environment.getOrDefault(name, "").isEmpty());
        return hasDesktop ? Optional.empty() : Optional.of("this process has no desktop: DISPLAY is not set");
    }

    private static boolean isMac(String system) {
        return system.toLowerCase(Locale.ROOT).startsWith("mac");
    }

    @Override
    public void deliver(Notification notification) throws DeliveryException, InterruptedException {
        CommandDelivery.run(command(notification), "", LIMIT);
    }

    List<String> command(Notification notification) {
        String title = VisibleText.of(notification.value(NotificationField.TITLE));
        String text = VisibleText.lines(notification.value(NotificationField.TEXT));
        return isMac
                ? List.of("osascript", "-e", SCRIPT, title.startsWith("-") ? " " + title : title, text)
                : List.of("notify-send", "--app-name=Experimaestro", "--", title, markup(text));
    }

    /** Returns a text as servers read it that know some tags of HTML, as the specification allows. */
    private static String markup(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
