package org.experimaestro.search;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.experimaestro.PlanException;
import org.experimaestro.base.process.PlanLine;

/** The shape of a value: an axis, or a record of shapes. */
sealed interface Shape {
    /** Makes the value that has these positions on these axes. */
    Object make(List<Axis> axes, double[] positions);

    /** Returns the number of values: infinite where an axis has an interval. */
    double count(List<Axis> axes);

    /** A value that a search chooses. */
    record OnAxis(int axis) implements Shape {
        @Override
        public Object make(List<Axis> axes, double[] positions) {
            return axes.get(axis).scale().value(positions[axis]);
        }

        @Override
        public double count(List<Axis> axes) {
            long count = axes.get(axis).scale().count();
            return count == 0 ? Double.POSITIVE_INFINITY : count;
        }
    }

    /** A record, by its canonical constructor. */
    record OfRecord(Constructor<?> constructor, List<Shape> components) implements Shape {
        @Override
        public Object make(List<Axis> axes, double[] positions) {
            Object[] values =
                    components.stream().map(each -> each.make(axes, positions)).toArray();
            try {
                return constructor.newInstance(values);
            } catch (InvocationTargetException thrown) {
                throw problem(values, thrown.getTargetException());
            } catch (ReflectiveOperationException closed) {
                throw problem(values, closed);
            }
        }

        private PlanException problem(Object[] values, Throwable cause) {
            return PlanException.of("Cannot make a "
                            + constructor.getDeclaringClass().getSimpleName() + " of " + List.of(values) + ": " + cause)
                    .at(PlanLine.current())
                    .advice("give the space values that the record accepts")
                    .cause(cause)
                    .build();
        }

        @Override
        public double count(List<Axis> axes) {
            double count = 1;
            for (Shape component : components) {
                count *= component.count(axes);
            }
            return count;
        }
    }

    /** One of several records, by the index that is the value on an axis. */
    record OneOfRecords(int axis, List<OfRecord> records) implements Shape {
        @Override
        public Object make(List<Axis> axes, double[] positions) {
            int chosen = axes.get(axis).scale().index(positions[axis]);
            return records.get(chosen).make(axes, positions);
        }

        @Override
        public double count(List<Axis> axes) {
            double count = 0;
            for (OfRecord record : records) {
                count += record.count(axes);
            }
            return count;
        }
    }
}
