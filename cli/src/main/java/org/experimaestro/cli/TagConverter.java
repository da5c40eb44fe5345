package org.experimaestro.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a tag as it is written on the command line: {@code NAME=VALUE}. */
final class TagConverter implements ITypeConverter<Map.Entry<String, String>> {

    @Override
    public Map.Entry<String, String> convert(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new TypeConversionException("\"" + text + "\" is not NAME=VALUE, such as layers=3");
        }
        return Map.entry(text.substring(0, equals), text.substring(equals + 1));
    }

    /** The values by name; the last one of a name counts. */
    static Map<String, String> map(List<Map.Entry<String, String>> tags) {
        Map<String, String> values = new LinkedHashMap<>();
        tags.forEach(tag -> values.put(tag.getKey(), tag.getValue()));
        return values;
    }
}
