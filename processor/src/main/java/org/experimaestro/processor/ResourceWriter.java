package org.experimaestro.processor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.Default;
import org.experimaestro.core.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A writer of the description of a type for people: a JSON resource that {@code describe} and the documentation read.
 */
final class ResourceWriter {
    private static final int FORMAT = 1;

    private ResourceWriter() {}

    /** Returns the path of the resource; no two types have the same one. */
    static String path(ConfigModel model) {
        return "META-INF/experimaestro/types/" + model.typeId() + ".json";
    }

    /** Returns the path of the note that a type had another type id before. */
    static String formerPath(String formerTypeId) {
        return "META-INF/experimaestro/former-types/" + formerTypeId + ".json";
    }

    static String writeFormer(ConfigModel model) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("format", FORMAT);
        members.put("type", model.typeId());
        members.put("class", model.binaryName());
        return Json.write(members);
    }

    static String write(ConfigModel model) {
        List<Object> parameters = new ArrayList<>();
        for (ParameterModel parameter : model.parameters()) {
            parameters.add(members(parameter));
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("format", FORMAT);
        members.put("type", model.typeId());
        members.put("class", model.binaryName());
        members.put("version", model.version());
        members.put("task", model.task());
        members.put("description", wellFormed(model.description()));
        members.put("parameters", parameters);
        return Json.write(members);
    }

    private static Map<String, @Nullable Object> members(ParameterModel parameter) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("name", parameter.name());
        members.put("type", parameter.type().toString());
        members.put("required", parameter.isRequired());
        members.put("default", parameter.defaultText());
        members.put("defaultFrom", parameter.defaultFrom());
        if (parameter.was() != null) {
            members.put("was", parameter.was().equals(Default.ABSENT) ? null : parameter.was());
        }
        members.put("inId", parameter.inId());
        members.put("meta", parameter.meta());
        members.put("generatedPath", parameter.generatedPath());
        members.put("pathOptional", parameter.pathOptional());
        if (!parameter.pathPartial().isEmpty()) {
            members.put("pathPartial", parameter.pathPartial());
        }
        if (!parameter.leftOutOf().isEmpty()) {
            members.put("leftOutOf", parameter.leftOutOf());
        }
        members.put("content", parameter.content());
        if (parameter.data()) {
            members.put("data", true);
        }
        members.put("min", limit(parameter.min()));
        members.put("max", limit(parameter.max()));
        members.put("oneOf", parameter.oneOf());
        Map<String, List<String>> enums = parameter.type().enums();
        if (!enums.isEmpty()) {
            members.put("enums", enums);
        }
        members.put("description", wellFormed(parameter.description()));
        return members;
    }

    private static @Nullable Double limit(double value) {
        return Double.isInfinite(value) ? null : (Double) value;
    }

    /** Returns a well-formed text. A comment may contain half of a surrogate pair, which JSON may not. */
    private static String wellFormed(String text) {
        return new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
    }
}
