package org.experimaestro.workspace.protocol;

import java.util.Arrays;

/** A state of a model: small numbers in numbered cells. Immutable. */
final class State {
    private final byte[] cells;

    private State(byte[] cells) {
        this.cells = cells;
    }

    /** Returns a state whose cells are all 0. */
    static State ofSize(int size) {
        return new State(new byte[size]);
    }

    int get(int cell) {
        return cells[cell];
    }

    /** Returns the same state but for one cell. */
    State with(int cell, int value) {
        byte[] changed = cells.clone();
        changed[cell] = (byte) value;
        return new State(changed);
    }

    /** Returns the same state with blocks of cells in order, so that it does not matter which of them is the first. */
    State sorted(int start, int length, int count) {
        byte[][] blocks = new byte[count][];
        for (int i = 0; i < count; i++) {
            blocks[i] = Arrays.copyOfRange(cells, start + i * length, start + (i + 1) * length);
        }
        Arrays.sort(blocks, Arrays::compare);
        byte[] sorted = cells.clone();
        for (int i = 0; i < count; i++) {
            System.arraycopy(blocks[i], 0, sorted, start + i * length, length);
        }
        return new State(sorted);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof State && Arrays.equals(cells, ((State) other).cells);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(cells);
    }

    @Override
    public String toString() {
        return Arrays.toString(cells);
    }
}
