/** Workers: JVMs of a run that execute many short tasks, one at a time, each as if it had a process of its own. */
@NullMarked
package org.experimaestro.runtime.worker;

import org.jspecify.annotations.NullMarked;
