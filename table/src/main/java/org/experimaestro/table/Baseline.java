package org.experimaestro.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.experimaestro.PaperTable;
import org.experimaestro.PlanException;
import org.experimaestro.TableLayout;
import org.experimaestro.base.text.NearName;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.base.text.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * The baseline of a table: the row, column or cell with which the cells that compete with it are compared.
 *
 * @param competition the competition of the cells
 * @param tags the tags that tell the baseline from the cells that compete with it
 */
record Baseline(Competition competition, Map<String, Object> tags) {

    /** Returns whether a cell is of the baseline. */
    boolean has(PaperTable.Cell cell) {
        return competition.place(cell.row(), cell.column()).equals(tags);
    }

    /**
     * Finds the baseline that a layout asks for.
     *
     * @return empty if it asks for none
     * @throws PlanException if there is none with these tags, or several; the message has near names
     */
    static Optional<Baseline> of(TableLayout layout, CellGrouping groups) {
        return layout.baselineTags().isEmpty() ? Optional.empty() : Optional.of(new Search(layout, groups).find());
    }

    private static final class Search {
        private static final int PLACES_SHOWN = 10;

        private final TableLayout layout;
        private final Competition competition;
        private final Map<String, Object> wanted = new LinkedHashMap<>();
        private final Set<Map<String, Object>> places = new LinkedHashSet<>();

        Search(TableLayout layout, CellGrouping groups) {
            this.layout = layout;
            this.competition = new Competition(layout);
            groups.rows()
                    .forEach(row -> groups.columns().forEach(column -> places.add(competition.place(row, column))));
        }

        Baseline find() {
            layout.baselineTags().forEach((tag, value) -> {
                requireTag(tag);
                wanted.put(tag, valueOf(tag, value));
            });
            List<Map<String, Object>> found =
                    places.stream().filter(this::isWanted).toList();
            List<Map<String, Object>> exact = found.stream()
                    .filter(place -> place.size() == wanted.size())
                    .toList();
            if (exact.size() == 1) {
                return new Baseline(competition, exact.getFirst()); // other places have these tags and more
            }
            if (found.size() != 1) {
                Set<String> others = new LinkedHashSet<>(competition.placeTags());
                others.removeAll(wanted.keySet());
                throw problem(
                        found.isEmpty()
                                ? "no " + competition.placeWord() + " has all of these tags"
                                : found.size() + " " + competition.placeWord() + "s have it: " + shown(found),
                        found.isEmpty()
                                ? "the " + competition.placeWord() + "s are " + shown(places)
                                : "name one of them by " + String.join(" and ", quoted(others)));
            }
            return new Baseline(competition, found.getFirst());
        }

        private boolean isWanted(Map<String, Object> place) {
            return wanted.entrySet().stream().allMatch(tag -> {
                Object value = place.get(tag.getKey());
                return value != null && TagValue.isSame(tag.getValue(), value);
            });
        }

        private void requireTag(String tag) {
            List<String> names = competition.placeTags();
            if (names.contains(tag)) {
                return;
            }
            if (layout.rowTags().contains(tag) || layout.columnTags().contains(tag)) {
                boolean isRow = layout.rowTags().contains(tag);
                throw problem(
                        "a cell competes in " + competition.words() + ", and " + LayoutCheck.quoted(tag) + " makes "
                                + (isRow ? "rows" : "columns"),
                        (names.isEmpty() ? "" : "take a value of " + String.join(" or ", quoted(names)) + ", or ")
                                + (isRow
                                        ? "let cells compete in their column"
                                        : "let cells compete in their row: bestPerRow(), or --best row"));
            }
            throw problem(
                    "no " + competition.placeWord() + " has the tag " + LayoutCheck.quoted(tag),
                    NearName.advice(tag, names)
                            .orElse(
                                    names.isEmpty()
                                            ? "the table has no column tags"
                                            : "take a value of " + String.join(" or ", quoted(names))));
        }

        private Object valueOf(String tag, Object value) {
            Set<String> known = new LinkedHashSet<>();
            for (Map<String, Object> place : places) {
                Object other = place.get(tag);
                if (other != null && TagValue.isSame(stored(tag, value), other)) {
                    return other;
                }
                if (other != null) {
                    known.add(TagValue.show(other));
                }
            }
            throw problem(
                    "no " + competition.placeWord() + " has this value of " + LayoutCheck.quoted(tag),
                    NearName.advice(TagValue.show(stored(tag, value)), known)
                            .orElse("the values are "
                                    + known.stream().map(VisibleText::of).collect(Collectors.joining(", "))));
        }

        private Object stored(String tag, Object value) {
            try {
                return TagValue.of(value);
            } catch (IllegalArgumentException wrong) {
                throw problem("the value of " + LayoutCheck.quoted(tag) + " " + wrong.getMessage(), null);
            }
        }

        private PlanException problem(String problem, @Nullable String advice) {
            List<String> texts = new ArrayList<>();
            layout.baselineTags().forEach((tag, value) -> texts.add(VisibleText.of(tag + "=" + value)));
            return LayoutCheck.problem(
                    "Cannot compare cells with the baseline " + String.join(" ", texts) + ": " + problem, advice);
        }

        private static List<String> quoted(Collection<String> names) {
            List<String> quoted = new ArrayList<>();
            names.forEach(name -> quoted.add(LayoutCheck.quoted(name)));
            return quoted;
        }

        private static String shown(Collection<Map<String, Object>> places) {
            String shown =
                    places.stream().limit(PLACES_SHOWN).map(TableGrid::tags).collect(Collectors.joining(", "));
            int more = places.size() - PLACES_SHOWN;
            return more > 0 ? shown + " and " + more + " more" : shown;
        }
    }
}
