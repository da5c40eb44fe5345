package org.experimaestro.engine;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.experimaestro.ConfigException;
import org.experimaestro.core.serial.TypeResources;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.BoundHandles;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;

/**
 * A check that a type id means one class. Two classes with one id would share folders. So would two ids that differ
 * only by case, on some file systems. Confined to one thread at a time.
 */
final class TypeIds {
    private final Map<String, TypeDescriptor<?>> byLowerCase = new HashMap<>();
    private final Map<String, TypeDescriptor<?>> formers = new HashMap<>();
    private final Set<Node<?>> checked = Collections.newSetFromMap(new java.util.IdentityHashMap<>());

    /** Checks the types of a task and of all its parts. */
    void check(ConfigNode<?> task) {
        // A loop instead of recursion: configurations may be nested thousands of levels deep.
        Deque<ConfigNode<?>> open = new ArrayDeque<>(List.of(task));
        while (!open.isEmpty()) {
            ConfigNode<?> node = open.pop();
            if (!checked.contains(node)) {
                check(node.descriptor());
                checked.add(node);
                openParts(node, open);
            }
        }
    }

    private static void openParts(ConfigNode<?> node, Deque<ConfigNode<?>> open) {
        for (int i = 0; i < node.descriptor().size(); i++) {
            BoundHandles.forEach(node.descriptor().parameter(i).type(), node.argument(i), config -> {
                if (Node.of(config) instanceof ConfigNode<?> part) {
                    open.push(part);
                }
            });
        }
        node.inits().forEach(open::push);
    }

    private void check(TypeDescriptor<?> type) {
        checkFormer(type);
        TypeDescriptor<?> before = byLowerCase.putIfAbsent(type.typeId().toLowerCase(Locale.ROOT), type);
        if (before == null) {
            checkClassPath(type);
            checkFormerOnClassPath(type);
        } else if (before.javaClass() != type.javaClass()) {
            throw ConfigException.of("The type ids " + before.typeId() + " of "
                            + before.javaClass().getName() + " and " + type.typeId()
                            + " of " + type.javaClass().getName()
                            + (before.typeId().equals(type.typeId()) ? " are the same" : " differ only by case"))
                    .advice("give one of them another id in @ConfigType")
                    .build();
        }
    }

    /** Checks that a type id of today is no former one of another type: nobody could tell whose results these are. */
    private void checkFormer(TypeDescriptor<?> type) {
        for (String former : type.formerTypeIds()) {
            TypeDescriptor<?> owner = formers.putIfAbsent(former, type);
            if (owner != null && owner.javaClass() != type.javaClass()) {
                throw ambiguous(former, "a former type id", name(owner), name(type));
            }
            TypeDescriptor<?> present = byLowerCase.get(former.toLowerCase(Locale.ROOT));
            if (present != null && present.javaClass() != type.javaClass()) {
                throw ambiguous(former, "the type id", name(present), name(type));
            }
        }
        TypeDescriptor<?> successor = formers.get(type.typeId());
        if (successor != null && successor.javaClass() != type.javaClass()) {
            throw ambiguous(type.typeId(), "the type id", name(type), name(successor));
        }
    }

    /** Checks the same for the types that no task of this plan has, but other plans may submit. */
    private static void checkFormerOnClassPath(TypeDescriptor<?> type) {
        ClassLoader classes = type.javaClass().getClassLoader();
        for (String former : type.formerTypeIds()) {
            for (String owner : TypeResources.find(former, classes).values()) {
                // A note may be left from before the rename, when its class is gone.
                boolean isThere = classes.getResource(owner.replace('.', '/') + ".class") != null;
                if (isThere && !owner.equals(name(type))) {
                    throw ambiguous(former, "the type id", owner, name(type));
                }
            }
        }
    }

    private static String name(TypeDescriptor<?> type) {
        return type.javaClass().getName();
    }

    private static ConfigException ambiguous(String typeId, String what, String owner, String renamed) {
        return ConfigException.of("Cannot tell whose results are stored under the type id " + typeId + ": it is " + what
                        + " of " + owner + ", and a former type id of " + renamed)
                .advice("remove it from the @FormerType of one of them, or give the other another id in @ConfigType")
                .build();
    }

    private static void checkClassPath(TypeDescriptor<?> type) {
        Map<String, String> noted =
                TypeResources.find(type.typeId(), type.javaClass().getClassLoader());
        Set<String> classes = new TreeSet<>(noted.values());
        classes.add(type.javaClass().getName());
        if (classes.size() > 1) {
            throw ConfigException.of("The type id " + type.typeId() + " belongs to several classes of the class path: "
                            + String.join(", ", classes))
                    .at(String.join(", ", noted.keySet()))
                    .advice("give all but one of them another id in @ConfigType")
                    .build();
        }
    }
}
