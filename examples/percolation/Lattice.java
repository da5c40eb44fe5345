import java.util.Arrays;
import java.util.SplittableRandom;

/** A square of cells, some of which are open. Open cells that touch by a side belong to the same cluster. */
final class Lattice {
    private static final int CLOSED = -1;

    private final int side;
    /** For each open cell, a cell of its cluster that is nearer to the one that stands for it. */
    private final int[] parents;

    private Lattice(int side) {
        this.side = side;
        this.parents = new int[side * side];
        Arrays.fill(parents, CLOSED);
    }

    /** Opens each cell with the same probability. */
    static Lattice random(int side, double density, SplittableRandom random) {
        var lattice = new Lattice(side);
        for (int cell = 0; cell < lattice.parents.length; cell++) {
            if (random.nextDouble() < density) {
                lattice.open(cell);
            }
        }
        return lattice;
    }

    private void open(int cell) {
        parents[cell] = cell;
        if (cell >= side) {
            join(cell, cell - side);
        }
        if (cell % side > 0) {
            join(cell, cell - 1);
        }
    }

    private void join(int cell, int neighbour) {
        if (parents[neighbour] != CLOSED) {
            parents[find(neighbour)] = find(cell);
        }
    }

    /** Finds the cell that stands for a cluster, and makes the way to it shorter. */
    private int find(int cell) {
        int at = cell;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    /** Returns whether a cluster reaches from the first row to the last one. */
    boolean spans() {
        var top = new boolean[parents.length];
        for (int cell = 0; cell < side; cell++) {
            if (parents[cell] != CLOSED) {
                top[find(cell)] = true;
            }
        }
        for (int cell = parents.length - side; cell < parents.length; cell++) {
            if (parents[cell] != CLOSED && top[find(cell)]) {
                return true;
            }
        }
        return false;
    }

    /** Returns the share of all cells that are in the largest cluster. */
    double largest() {
        var sizes = new int[parents.length];
        for (int cell = 0; cell < parents.length; cell++) {
            if (parents[cell] != CLOSED) {
                sizes[find(cell)]++;
            }
        }
        return (double) Arrays.stream(sizes).max().orElse(0) / parents.length;
    }
}
