package org.experimaestro.notify.delivery;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.experimaestro.settings.NotificationSettings.Channel;
import org.experimaestro.settings.NotificationSettings.Command;
import org.experimaestro.settings.NotificationSettings.Desktop;
import org.experimaestro.settings.NotificationSettings.Webhook;
import org.experimaestro.settings.NotificationTemplate;

/** A way to deliver notifications. Thread-safe. */
@FunctionalInterface
public interface Delivery {
    /**
     * Delivers a notification, within some seconds.
     *
     * @param notification the notification
     * @throws DeliveryException if it was not delivered, or nobody knows
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void deliver(Notification notification) throws DeliveryException, InterruptedException;

    /**
     * Creates the delivery of a channel.
     *
     * @param channel the channel
     * @param environment the variables of the process
     * @return the delivery
     */
    static Delivery of(Channel channel, Map<String, String> environment) {
        return switch (channel.target()) {
            case Webhook webhook -> new WebhookDelivery(webhook, environment);
            case Command command -> new CommandDelivery(command);
            case Desktop _ -> new DesktopDelivery(System.getProperty("os.name", ""));
        };
    }

    /**
     * Returns why a channel cannot be used in this process.
     *
     * @param channel the channel
     * @param environment the variables of the process
     * @return a sentence without its end; empty if it can be used
     */
    static Optional<String> obstacle(Channel channel, Map<String, String> environment) {
        Set<String> missing = new TreeSet<>();
        for (NotificationTemplate template : channel.target().templates()) {
            missing.addAll(template.variables());
        }
        missing.removeIf(name -> !environment.getOrDefault(name, "").isEmpty());
        if (channel.target() instanceof Desktop) {
            return DesktopDelivery.obstacle(System.getProperty("os.name", ""), environment);
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("the " + (missing.size() == 1 ? "variable " : "variables ") + String.join(", ", missing)
                        + " of the environment " + (missing.size() == 1 ? "is" : "are") + " not set");
    }
}
