package org.experimaestro.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A converter of a tag from the form of the command line, {@code NAME=VALUE}. */
final class TagConverter implements ITypeConverter<Map.Entry<String, String>> {

    @Override
    public Map.Entry<String, String> convert(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new TypeConversionException("\"" + text + "\" is not NAME=VALUE, such as layers=3");
        }
        return Map.entry(text.substring(0, equals), text.substring(equals + 1));
    }

    /** Returns advice if a word outside of options looks like a tag. */
    static Optional<String> advice(List<String> words) {
        return words.stream().anyMatch(word -> word.indexOf('=') > 0)
                ? Optional.of("separate tags by commas: --tags layers=3,lr=1e-4")
                : Optional.empty();
    }

    /** Returns the values by name. If several tags have the same name, the last value counts. */
    static Map<String, String> map(List<Map.Entry<String, String>> tags) {
        Map<String, String> values = new LinkedHashMap<>();
        tags.forEach(tag -> values.put(tag.getKey(), tag.getValue()));
        return values;
    }
}
