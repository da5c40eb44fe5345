package org.experimaestro.settings;

import java.nio.file.Path;

/**
 * A text that values come from: a YAML file, an override of the command line, or a default.
 *
 * @param label its name in messages: a file's path relative to the experiment's folder, or {@code -c key=value}
 * @param order the position of its problems among those of other sources; the experiment's own file is 0
 * @param folder the absolute folder that its relative paths start from
 * @param numbered whether messages name a line of it, {@code debug.yaml:4}
 */
public record Source(String label, int order, Path folder, boolean numbered) {
    private static final int FIRST_OVERRIDE = 1_000_000;
    private static final int LONGEST_LABEL = 80;

    /**
     * Creates the source of a file.
     *
     * @param label its name in messages
     * @param order the position of its problems among those of other files
     * @param folder the absolute folder that its relative paths start from
     * @return the source
     */
    public static Source ofFile(String label, int order, Path folder) {
        return new Source(label, order, folder, true);
    }

    /**
     * Creates the source of the override {@code text} ({@code key=value}), the {@code index}-th of the command line.
     */
    static Source ofOverride(String text, int index, Path folder) {
        return new Source(
                "-c " + Texts.shorten(SecretVariables.shownOverride(text), LONGEST_LABEL),
                FIRST_OVERRIDE + index,
                folder,
                false);
    }

    /** Creates the source of a place in a settings class, such as {@code TutorialPlan.Settings.nLayers}. */
    static Source ofCode(String label, int order, Path folder) {
        return new Source(label, order, folder, false);
    }

    /**
     * Returns the source as a whole.
     *
     * @return a place without a line, whose problems come after those with a line
     */
    public Origin whole() {
        return new Origin(this, Integer.MAX_VALUE, 0);
    }
}
