package org.experimaestro.engine;

import java.time.Duration;
import org.experimaestro.engine.schedule.Phase;

/**
 * A change of a prepare step: its phase, or how far it is. Immutable.
 *
 * @param configuration the name of the configuration, {@code type/identifier}
 * @param phase the phase of the step; {@code WAITING} in a run that prepares nothing
 * @param fraction the part of the step that is done, from 0 to 1, as the step told it
 * @param description a few words about what it does; may be empty
 * @param taken the time that the step took; zero before its end
 * @param problem the reason why it has failed, or does not run; empty if there is none
 */
public record PrepareNews(
        String configuration, Phase phase, double fraction, String description, Duration taken, String problem) {

    /** Creates the news of a step that has told nothing. */
    PrepareNews(String configuration, Phase phase, Duration taken, String problem) {
        this(configuration, phase, 0, "", taken, problem);
    }
}
