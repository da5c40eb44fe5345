package org.experimaestro.processor;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.experimaestro.model.type.TypeDescriptors;

/**
 * A correct configuration type.
 *
 * @param element the record or class
 * @param binaryName as {@link Class#getName} gives it
 * @param typeId the type id
 * @param formerTypeIds the type ids that it had before
 * @param version the version
 * @param task whether it is a task
 * @param parameters in the order of the constructor
 * @param description its Javadoc as plain text; empty without one
 */
record ConfigModel(
        TypeElement element,
        String binaryName,
        String typeId,
        List<String> formerTypeIds,
        int version,
        boolean task,
        List<ParameterModel> parameters,
        String description) {

    String simpleName() {
        return element.getSimpleName().toString();
    }

    String packageName() {
        return binaryName.substring(0, Math.max(0, binaryName.lastIndexOf('.')));
    }

    String builderName() {
        String full = TypeDescriptors.builderName(binaryName);
        return full.substring(full.lastIndexOf('.') + 1);
    }

    /** Returns the top-level class that the type is, or is in. */
    TypeElement outermost() {
        List<Element> parts = Language.withEnclosing(element);
        return (TypeElement) parts.get(parts.size() - 1);
    }

    /**
     * Returns a name for a variable of the builder: this name, or a similar one. A variable hides a class of its name
     * in each expression that begins with the name, as with the constants of an enum.
     */
    String freeName(String wanted) {
        Set<String> taken = new HashSet<>();
        addFirstWords(element, taken);
        for (ParameterModel parameter : parameters) {
            addFirstWords(parameter.type(), taken);
        }
        String free = wanted;
        while (taken.contains(free)) {
            free += "_";
        }
        return free;
    }

    private static void addFirstWords(ParameterType type, Set<String> words) {
        if (type.declaration() != null) {
            addFirstWords(type.declaredClass(), words);
        }
        if (type.keyType() != null) {
            addFirstWords(type.key(), words);
        }
        if (type.elementType() != null) {
            addFirstWords(type.element(), words);
        }
    }

    /** Adds the name of the class, or of the class around it, and the first word of its package. */
    private static void addFirstWords(TypeElement type, Set<String> words) {
        List<Element> parts = Language.withEnclosing(type);
        words.add(parts.get(parts.size() - 1).getSimpleName().toString());
        words.add(type.getQualifiedName().toString().split("\\.")[0]);
    }

    boolean isGeneric() {
        return !element.getTypeParameters().isEmpty();
    }

    /** Returns whether the type is visible everywhere. */
    boolean isPublic() {
        for (Element part : Language.withEnclosing(element)) {
            if (!part.getModifiers().contains(Modifier.PUBLIC)) {
                return false;
            }
        }
        return true;
    }
}
