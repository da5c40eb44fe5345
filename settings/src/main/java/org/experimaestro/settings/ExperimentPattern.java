package org.experimaestro.settings;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of the names of experiments: {@code *} stands for any characters, {@code ?} for one, and <code>{a,b}</code> and
 * {@code [ab]} for alternatives, as {@link java.nio.file.FileSystem#getPathMatcher globs} have them.
 *
 * @param glob the pattern
 */
@WrittenAs(one = "a pattern such as trec-*", many = "patterns such as trec-*")
public record ExperimentPattern(String glob) {
    static ExperimentPattern parse(String text) {
        try {
            ExperimentPattern pattern = new ExperimentPattern(text);
            pattern.matches("any");
            return pattern;
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(
                    wrong.getDescription() + "; * stands for any characters, ? for one, {a,b} for a or b", wrong);
        }
    }

    /**
     * Returns whether the pattern matches a whole name.
     *
     * @param experiment the name of an experiment, which has no slash
     * @return true if it does
     */
    public boolean matches(String experiment) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(experiment));
    }
}
