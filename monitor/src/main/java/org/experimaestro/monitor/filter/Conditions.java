package org.experimaestro.monitor.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Factories of conditions. They keep one form for equal conditions, so that a printed filter is read as itself. */
final class Conditions {
    private Conditions() {}

    static Condition all(List<Condition> parts) {
        List<Condition> flat = new ArrayList<>();
        for (Condition part : parts) {
            flat.addAll(part instanceof Condition.All all ? all.parts() : List.of(part));
        }
        return flat.size() == 1 ? flat.getFirst() : new Condition.All(List.copyOf(flat));
    }

    static Condition either(List<Condition> parts) {
        if (parts.contains(Condition.NONE)) {
            return Condition.NONE;
        }
        List<Condition> flat = new ArrayList<>();
        for (Condition part : parts) {
            flat.addAll(part instanceof Condition.Either either ? either.parts() : List.of(part));
        }
        return flat.size() == 1 ? flat.getFirst() : new Condition.Either(List.copyOf(flat));
    }

    static Condition not(Condition part) {
        return part instanceof Condition.Not not ? not.part() : new Condition.Not(part);
    }

    /** Returns the conditions of which a row must meet all; none for {@link Condition#NONE}. */
    static List<Condition> parts(Condition condition) {
        return condition instanceof Condition.All all ? all.parts() : List.of(condition);
    }

    /** Returns a condition without some of its tests; {@link Condition#NONE} if nothing is left. */
    static Condition without(Condition condition, Predicate<Condition.Test> dropped) {
        return switch (condition) {
            case Condition.All all -> all(kept(all.parts(), dropped));
            case Condition.Either either -> {
                List<Condition> kept = kept(either.parts(), dropped);
                yield kept.isEmpty() ? Condition.NONE : either(kept);
            }
            case Condition.Not not -> {
                Condition part = without(not.part(), dropped);
                yield part.equals(Condition.NONE) ? part : not(part);
            }
            case Condition.Test test -> dropped.test(test) ? Condition.NONE : test;
            case Condition.Word word -> word;
        };
    }

    private static List<Condition> kept(List<Condition> parts, Predicate<Condition.Test> dropped) {
        return parts.stream()
                .map(part -> without(part, dropped))
                .filter(part -> !part.equals(Condition.NONE))
                .toList();
    }
}
