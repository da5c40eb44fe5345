package org.experimaestro.processor;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import org.experimaestro.ConfigType;
import org.experimaestro.FormerType;
import org.experimaestro.model.type.FormerNameRules;

/** A check of the former names of a type and of its parameters. */
final class FormerNameCheck {
    private FormerNameCheck() {}

    static void check(TypeElement element, List<ParameterModel> parameters, CompilationProblems problems) {
        String typeId = ConfigReader.typeId(element, element.getAnnotation(ConfigType.class));
        String[] formerIds = ConfigReader.formerTypeIds(element).toArray(String[]::new);
        FormerNameRules.typeProblems(typeId, formerIds)
                .forEach(problem -> problems.add(element, FormerType.class, "value", capital(problem)));
        Map<String, String[]> former = new LinkedHashMap<>();
        Set<String> generated = new HashSet<>();
        for (ParameterModel parameter : parameters) {
            former.put(parameter.name(), parameter.formerNames().toArray(String[]::new));
            if (!parameter.isSettable()) {
                generated.add(parameter.name());
            }
        }
        Map<String, List<String>> found = FormerNameRules.nameProblems(former, generated);
        for (ParameterModel parameter : parameters) {
            found.getOrDefault(parameter.name(), List.of())
                    .forEach(problem -> problems.add(parameter.element(), capital(problem)));
        }
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
