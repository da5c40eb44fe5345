package org.experimaestro.requirement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A printer of requirements in their normal form, which {@link RequirementParser} reads back as equal requirements.
 */
public final class RequirementPrinter {
    private RequirementPrinter() {}

    /**
     * Prints alternatives.
     *
     * @param alternatives the preferred alternative first
     * @return one line, in which the items of each alternative are always in the same order
     */
    public static String print(List<Alternative> alternatives) {
        List<String> texts = new ArrayList<>();
        for (Alternative alternative : alternatives) {
            texts.add(String.join(" & ", items(alternative)));
        }
        return String.join(" | ", texts);
    }

    private static List<String> items(Alternative alternative) {
        List<String> items = new ArrayList<>();
        alternative.duration().ifPresent(duration -> items.add("duration=" + Quantities.durationText(duration)));
        addAccelerators(items, alternative.accelerators());
        if (alternative.cores() > 0 || alternative.memory() > 0) {
            String memory = alternative.memory() > 0 ? "mem=" + Quantities.sizeText(alternative.memory()) + ", " : "";
            items.add("cpu(" + memory + "cores=" + Math.max(1, alternative.cores()) + ")");
        }
        alternative.heap().ifPresent(heap -> items.add("heap=" + Quantities.sizeText(heap)));
        alternative.jdk().ifPresent(jdk -> items.add("jdk=" + jdk));
        if (alternative.exclusive()) {
            items.add("exclusive");
        }
        for (String feature : alternative.features()) {
            items.add("feature=" + feature);
        }
        return items;
    }

    /** Adds the accelerators. Equal accelerators are neighbors, because alternatives sort them. */
    private static void addAccelerators(List<String> items, List<Accelerator> accelerators) {
        int start = 0;
        while (start < accelerators.size()) {
            Accelerator first = accelerators.get(start);
            int end = start;
            while (end < accelerators.size() && accelerators.get(end).equals(first)) {
                end++;
            }
            String memory = first.memory() > 0 ? "(mem=" + Quantities.sizeText(first.memory()) + ")" : "";
            String times = end - start > 1 ? " * " + (end - start) : "";
            items.add(first.kind().name().toLowerCase(Locale.ROOT) + memory + times);
            start = end;
        }
    }
}
