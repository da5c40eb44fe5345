package org.experimaestro.processor;

import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.experimaestro.internal.type.TypeDescriptors;

/**
 * A correct configuration type.
 *
 * @param element the record or class
 * @param binaryName as {@link Class#getName} gives it
 * @param typeId the type id
 * @param version the version
 * @param task whether it is a task
 * @param parameters in the order of the constructor
 * @param description its Javadoc as plain text; empty without one
 */
record ConfigModel(
        TypeElement element,
        String binaryName,
        String typeId,
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

    boolean isGeneric() {
        return !element.getTypeParameters().isEmpty();
    }

    /** Whether all of the world can see the type. */
    boolean isPublic() {
        for (Element part : Language.withEnclosing(element)) {
            if (!part.getModifiers().contains(Modifier.PUBLIC)) {
                return false;
            }
        }
        return true;
    }
}
