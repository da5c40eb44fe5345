package org.experimaestro.monitor.filter;

import java.util.ArrayList;
import java.util.List;

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
}
