package org.experimaestro.settings;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A part of a grid: values in a fixed order, which are counted without being made. Immutable. */
sealed interface GridNode {

    /** Returns the number of values. */
    BigInteger count();

    /** Returns the number as a product of its factors: {@code 12 × 40}. */
    String formula();

    /** Makes the values. */
    List<YamlValue> values();

    /** A value as it was written. */
    record Single(YamlValue value) implements GridNode {
        @Override
        public BigInteger count() {
            return BigInteger.ONE;
        }

        @Override
        public String formula() {
            return "1";
        }

        @Override
        public List<YamlValue> values() {
            return List.of(value);
        }
    }

    /** A series of numbers. */
    record Series(BigInteger count, Supplier<List<YamlValue>> source) implements GridNode {
        @Override
        public String formula() {
            return shown(count);
        }

        @Override
        public List<YamlValue> values() {
            return source.get();
        }
    }

    /** The values of several nodes, one node after the other. */
    record Alternatives(List<GridNode> nodes) implements GridNode {
        @Override
        public BigInteger count() {
            return nodes.stream().map(GridNode::count).reduce(BigInteger.ZERO, BigInteger::add);
        }

        @Override
        public String formula() {
            boolean isPlain = nodes.size() == 1
                    || nodes.stream().allMatch(node -> node.count().equals(BigInteger.ONE));
            return isPlain
                    ? shown(count())
                    : nodes.stream().map(GridNode::formula).collect(Collectors.joining(" + ", "(", ")"));
        }

        @Override
        public List<YamlValue> values() {
            return nodes.stream().flatMap(node -> node.values().stream()).toList();
        }
    }

    /** All combinations of the values of several nodes; those of the last node vary fastest. */
    record Product(List<GridNode> nodes, Function<List<YamlValue>, YamlValue> combine) implements GridNode {
        @Override
        public BigInteger count() {
            return nodes.stream().map(GridNode::count).reduce(BigInteger.ONE, BigInteger::multiply);
        }

        @Override
        public String formula() {
            String factors = nodes.stream()
                    .filter(node -> !node.count().equals(BigInteger.ONE))
                    .map(GridNode::formula)
                    .collect(Collectors.joining(" × "));
            return factors.isEmpty() ? "1" : factors;
        }

        @Override
        public List<YamlValue> values() {
            List<List<YamlValue>> combinations = List.of(List.of());
            for (GridNode node : nodes) {
                List<YamlValue> values = node.values();
                List<List<YamlValue>> longer = new ArrayList<>(combinations.size() * values.size());
                for (List<YamlValue> combination : combinations) {
                    for (YamlValue value : values) {
                        List<YamlValue> joined = new ArrayList<>(combination);
                        joined.add(value);
                        longer.add(joined);
                    }
                }
                combinations = longer;
            }
            return combinations.stream().map(combine).toList();
        }
    }

    /** The first values of several nodes, then their second ones, and so on; all nodes have equally many. */
    record InStep(List<GridNode> nodes, Function<List<YamlValue>, YamlValue> combine) implements GridNode {
        @Override
        public BigInteger count() {
            return nodes.getFirst().count();
        }

        @Override
        public String formula() {
            return shown(count());
        }

        @Override
        public List<YamlValue> values() {
            List<List<YamlValue>> all = nodes.stream().map(GridNode::values).toList();
            List<YamlValue> steps = new ArrayList<>();
            for (int i = 0; i < all.getFirst().size(); i++) {
                int step = i;
                steps.add(combine.apply(
                        all.stream().map(values -> values.get(step)).toList()));
            }
            return steps;
        }
    }

    /** Returns a number with separators: {@code 12,000}. */
    static String shown(BigInteger number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Returns the factors of the number of values with their product: {@code 12 × 40 = 480}, or only {@code 480}. */
    default String counted() {
        String formula = formula();
        boolean isSum = this instanceof Alternatives && formula.startsWith("(");
        String factors = isSum ? formula.substring(1, formula.length() - 1) : formula;
        String count = shown(count());
        return factors.equals(count) ? count : factors + " = " + count;
    }
}
