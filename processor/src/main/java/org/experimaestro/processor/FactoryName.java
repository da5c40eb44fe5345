package org.experimaestro.processor;

import java.util.Locale;
import javax.lang.model.SourceVersion;
import org.experimaestro.model.type.MemberNames;

/** The name of the static method that starts a builder. */
final class FactoryName {
    private FactoryName() {}

    /**
     * Returns the name: {@code adam} for {@code Adam}, {@code sgd} for {@code SGD}, {@code mlpModel} for {@code
     * MLPModel}, {@code newSwitch} if the name cannot be a method's.
     */
    static String of(String className) {
        int capitals = 0;
        while (capitals < className.length() && Character.isUpperCase(className.charAt(capitals))) {
            capitals++;
        }
        // The last of several capitals begins the next word.
        boolean wordFollows =
                capitals > 1 && capitals < className.length() && Character.isLowerCase(className.charAt(capitals));
        int lowered = wordFollows ? capitals - 1 : capitals;
        String name = className.substring(0, lowered).toLowerCase(Locale.ROOT) + className.substring(lowered);
        return SourceVersion.isKeyword(name) || MemberNames.isOfEveryBuilder(name) || name.equals("yield")
                ? "new" + className
                : name;
    }
}
