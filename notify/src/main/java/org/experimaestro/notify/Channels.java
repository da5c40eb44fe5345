package org.experimaestro.notify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.experimaestro.core.host.HostIdentity;
import org.experimaestro.notify.delivery.Delivery;
import org.experimaestro.notify.delivery.DeliveryException;
import org.experimaestro.notify.delivery.Notification;
import org.experimaestro.settings.NotificationField;
import org.experimaestro.settings.NotificationSettings;
import org.experimaestro.settings.NotificationSettings.Channel;

/** The channels of a user in the environment of a process. Immutable. */
public final class Channels {
    private final List<OpenChannel> open;

    /**
     * A channel that can be used.
     *
     * @param channel the channel
     * @param receiver whom it reaches: another user, or the desktop of another machine, is another receiver
     * @param delivery its way of delivery
     */
    record OpenChannel(Channel channel, String receiver, Delivery delivery) {}

    Channels(List<OpenChannel> open) {
        this.open = List.copyOf(open);
    }

    /**
     * Opens the channels of settings.
     *
     * @param settings the settings, without problems
     * @param environment the variables of the process
     * @param problems receives a sentence for each channel that cannot be used here; the others are open
     * @return the channels
     */
    public static Channels open(
            NotificationSettings settings, Map<String, String> environment, Consumer<String> problems) {
        List<OpenChannel> open = new ArrayList<>();
        for (Channel channel : settings.channels()) {
            Optional<String> obstacle = Delivery.obstacle(channel, environment);
            if (obstacle.isPresent()) {
                problems.accept(channel.place() + ": nothing is sent over the channel " + channel.name() + ": "
                        + obstacle.get());
            } else {
                open.add(new OpenChannel(channel, Receiver.of(channel), Delivery.of(channel, environment)));
            }
        }
        return new Channels(open);
    }

    List<OpenChannel> all() {
        return open;
    }

    /**
     * Returns whether there is no channel.
     *
     * @return true if nothing would be sent
     */
    public boolean isEmpty() {
        return open.isEmpty();
    }

    /** The receiver of the results of a test. */
    @FunctionalInterface
    public interface TestListener {
        /**
         * Handles a result.
         *
         * @param channel the name of the channel
         * @param problem the reason why nothing was delivered; empty if it was
         */
        void tested(String channel, Optional<String> problem);
    }

    /**
     * Sends a test over each channel, one try each.
     *
     * @param listener receives the result of each channel
     * @return whether all were delivered
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean test(TestListener listener) throws InterruptedException {
        boolean isWhole = true;
        for (OpenChannel one : open) {
            Optional<String> problem = Optional.empty();
            try {
                one.delivery().deliver(sample());
            } catch (DeliveryException failed) {
                problem = Optional.of(String.valueOf(failed.getMessage()));
                isWhole = false;
            }
            listener.tested(one.channel().name(), problem);
        }
        return isWhole;
    }

    private static Notification sample() {
        Map<NotificationField, String> fields = new EnumMap<>(NotificationField.class);
        fields.put(NotificationField.EVENT, "test");
        fields.put(NotificationField.TITLE, "Experimaestro: a test");
        fields.put(NotificationField.TEXT, "Notifications about your runs come here.");
        fields.put(NotificationField.EXPERIMENT, "test");
        fields.put(NotificationField.RUN, "test/20260131-120000");
        fields.put(NotificationField.OUTCOME, "done");
        fields.put(NotificationField.HOST, HostIdentity.current().name());
        return new Notification("test/" + UUID.randomUUID(), fields);
    }
}
