package org.experimaestro.tui.wire;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.experimaestro.web.api.WireName;

/**
 * The answer about what is beside a run.
 *
 * @param host the host on which a service is started
 * @param actions its actions
 * @param services its services
 * @param problems a sentence for each that cannot be read
 */
public record WireBeside(String host, List<Action> actions, List<Service> services, List<String> problems) {
    /**
     * An action.
     *
     * @param name its name
     * @param questions its questions
     * @param last its last execution
     * @param possible whether it can be executed now
     * @param reason the reason why it cannot
     * @param command a command that executes it
     */
    public record Action(
            String name,
            List<Question> questions,
            Optional<LastProcess> last,
            boolean possible,
            Optional<String> reason,
            String command) {}

    /**
     * A question of an action.
     *
     * @param name its name
     * @param kind {@code choice}, {@code choices}, {@code text} or {@code yesno}
     * @param text the question
     * @param options the answers that can be chosen
     * @param byDefault the answer where a person gives none
     */
    public record Question(
            String name,
            String kind,
            String text,
            List<String> options,
            @WireName("default") Optional<List<String>> byDefault) {}

    /**
     * A service.
     *
     * @param name its name
     * @param last its last process
     * @param address the address of its page on its host, once it is ready
     * @param command a command that starts it, or that stops it while it runs
     */
    public record Service(String name, Optional<LastProcess> last, Optional<String> address, String command) {}

    /**
     * A process.
     *
     * @param number its number
     * @param state its state
     * @param isStopping whether somebody has asked it to stop
     * @param text the result, or the reason of a failure
     * @param started the time when somebody asked for it
     * @param ended the time of its end
     * @param host its host, if that is another one
     * @param folder its folder
     */
    public record LastProcess(
            int number,
            String state,
            boolean isStopping,
            String text,
            Optional<Instant> started,
            Optional<Instant> ended,
            Optional<String> host,
            String folder) {
        /** Returns whether it runs on its host, or begins to. */
        public boolean isActive() {
            return state.equals("running") || state.equals("starting");
        }
    }
}
