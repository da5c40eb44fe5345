package org.experimaestro.web.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.experimaestro.base.text.NearName;
import org.experimaestro.monitor.type.ParameterInfo;
import org.experimaestro.monitor.type.TypeCatalog;
import org.experimaestro.monitor.type.TypeInfo;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;

/** A configuration type: its documentation and its parameters. */
final class TypeResource implements Resource {
    private static final int MOST_NEAR = 5;

    /**
     * The answer.
     *
     * @param type the type
     * @param documentation its documentation in the source
     * @param isTask whether it can be submitted
     * @param parameters its parameters in the order of the constructor
     * @param usedBy the types with a parameter of this type, sorted
     * @param command the command that prints the same
     */
    record Answer(
            String type,
            Optional<String> documentation,
            boolean isTask,
            List<TypeParameter> parameters,
            List<String> usedBy,
            String command) {}

    /**
     * A parameter of a type.
     *
     * @param name its name
     * @param type its type as in Java source
     * @param role the part of its values in identifiers
     * @param defaultText its default
     * @param documentation its documentation in the source
     * @param constants the allowed values, if these are few
     */
    record TypeParameter(
            String name,
            String type,
            ParameterLine.Role role,
            @WireName("default") Optional<String> defaultText,
            Optional<String> documentation,
            Optional<List<String>> constants) {

        static TypeParameter of(ParameterInfo parameter) {
            return new TypeParameter(
                    parameter.name(),
                    parameter.type(),
                    role(parameter),
                    Optional.ofNullable(
                            parameter.defaultFrom() == null
                                    ? parameter.defaultText()
                                    : "what " + parameter.defaultFrom() + "() makes"),
                    Optional.of(parameter.description()).filter(text -> !text.isBlank()),
                    Optional.of(parameter.choices()).filter(choices -> !choices.isEmpty()));
        }

        private static ParameterLine.Role role(ParameterInfo parameter) {
            if (parameter.generatedPath() != null) {
                return ParameterLine.Role.PATH;
            }
            if (parameter.isMeta()) {
                return ParameterLine.Role.META;
            }
            boolean hasDefault = parameter.defaultText() != null || parameter.defaultFrom() != null;
            return hasDefault && !parameter.isDefaultCounted() ? ParameterLine.Role.DEFAULT : ParameterLine.Role.COUNTS;
        }
    }

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) throws IOException {
        TypeCatalog catalog = monitored.types().types(monitored.view());
        TypeInfo type = find(catalog, path.getOrDefault("type", ""));
        return new Answer(
                type.typeId(),
                Optional.of(type.description()).filter(text -> !text.isBlank()),
                type.isTask(),
                type.parameters().stream().map(TypeParameter::of).toList(),
                usedBy(catalog, type),
                new ShownCommand(monitored, "describe").add(type.typeId()).toString());
    }

    private static TypeInfo find(TypeCatalog catalog, String name) {
        return catalog.findType(name).orElseThrow(() -> {
            HttpProblem problem = new HttpProblem(
                    404,
                    "There is no description of a type \"" + name + "\" in this workspace",
                    "types are described when their code is compiled with the annotation processor");
            List<String> near = NearName.near(
                    name, catalog.types().stream().map(TypeInfo::typeId).toList(), MOST_NEAR);
            return near.isEmpty() ? problem : problem.with("near", near);
        });
    }

    /** Returns the types with a parameter whose type names another one, also between angle brackets. */
    private static List<String> usedBy(TypeCatalog catalog, TypeInfo used) {
        Pattern name = Pattern.compile("\\b" + Pattern.quote(used.simpleName()) + "\\b");
        return catalog.types().stream()
                .filter(type -> type.parameters().stream()
                        .anyMatch(parameter -> name.matcher(parameter.type()).find()))
                .map(TypeInfo::typeId)
                .toList();
    }
}
