package org.experimaestro.monitor.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.Default;
import org.experimaestro.core.json.FileFormat;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A reader of the annotation processor's description of a type. */
final class TypeInfoReader {
    private static final int FORMAT = 1;
    private static final int DEEPEST_TYPE = 100;

    private TypeInfoReader() {}

    /**
     * Reads a description.
     *
     * @throws JsonException if the text is no description of a type
     */
    static TypeInfo read(byte[] text, String source) {
        JsonObject json = JsonFile.parse(text, source);
        FileFormat.require(json, FORMAT, FORMAT, "");
        List<ParameterInfo> parameters = new ArrayList<>();
        for (Object parameter : json.list("parameters")) {
            parameters.add(parameter(JsonObject.of(parameter, source), source));
        }
        return new TypeInfo(
                json.string("type"),
                json.string("class"),
                json.integer("version", 1, Integer.MAX_VALUE),
                json.bool("task"),
                json.string("description"),
                List.copyOf(parameters));
    }

    private static ParameterInfo parameter(JsonObject json, String source) {
        return new ParameterInfo(
                json.string("name"),
                type(json, source),
                json.bool("required"),
                text(json, "default"),
                text(json, "defaultFrom"),
                was(json),
                json.bool("inId"),
                json.bool("meta"),
                text(json, "generatedPath"),
                json.has("pathOptional") && json.bool("pathOptional"),
                json.has("pathPartial") ? json.string("pathPartial") : "",
                json.has("leftOutOf") ? texts(json.list("leftOutOf")) : List.of(),
                json.bool("content"),
                json.has("data") && json.bool("data"),
                number(json, "min"),
                number(json, "max"),
                texts(json.list("oneOf")),
                enums(json),
                json.string("description"));
    }

    /** Returns the name of a parameter's type. Its depth is limited, because types are parsed by recursion. */
    private static String type(JsonObject json, String source) {
        String type = json.string("type");
        if (NamedType.depth(type) > DEEPEST_TYPE) {
            throw new JsonException(source + ": the type of the parameter " + json.string("name")
                    + " is nested deeper than " + DEEPEST_TYPE + " levels");
        }
        return type;
    }

    private static Map<String, List<String>> enums(JsonObject json) {
        Map<String, List<String>> enums = new LinkedHashMap<>();
        if (json.has("enums")) {
            JsonObject written = json.object("enums");
            written.keys().forEach(name -> enums.put(name, texts(written.list(name))));
        }
        return Collections.unmodifiableMap(enums);
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(String::valueOf).toList();
    }

    private static @Nullable String was(JsonObject json) {
        if (!json.has("was")) {
            return null;
        }
        return json.raw("was") == null ? Default.ABSENT : json.string("was");
    }

    private static @Nullable String text(JsonObject json, String key) {
        return json.raw(key) == null ? null : json.string(key);
    }

    private static @Nullable Double number(JsonObject json, String key) {
        return json.raw(key) == null ? null : (Double) json.number(key);
    }
}
