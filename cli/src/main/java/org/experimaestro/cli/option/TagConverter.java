package org.experimaestro.cli.option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.monitor.filter.TagConditions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A converter of tags from the form of the command line, {@code NAME=VALUE,NAME=VALUE}. */
public final class TagConverter implements ITypeConverter<TagConverter.Tags> {
    /** The form of the option's value, for its help. */
    public static final String FORM = "NAME=VALUE[,NAME=VALUE...]";

    /** The help for values that have commas. */
    public static final String QUOTES =
            "A value with a comma is quoted: 'title=\"a, b\"'; within quotes, \\\" is a quote and"
                    + " \\\\ a backslash. Lists are written as they are shown: 'sizes=[64, 32]'.";

    /** The tags of one option. */
    public record Tags(Map<String, String> values) {}

    @Override
    public Tags convert(String text) {
        try {
            return new Tags(TagConditions.parse(text));
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(String.valueOf(wrong.getMessage()));
        }
    }

    /** Returns advice if a word outside of options looks like a tag. */
    public static Optional<String> advice(List<String> words) {
        return words.stream().anyMatch(word -> word.indexOf('=') > 0)
                ? Optional.of("separate tags by commas: --tags layers=3,lr=1e-4")
                : Optional.empty();
    }

    /** Returns the values by name. If several options have the same name, the last value counts. */
    public static Map<String, String> map(List<Tags> options) {
        Map<String, String> values = new LinkedHashMap<>();
        options.forEach(option -> values.putAll(option.values()));
        return values;
    }
}
