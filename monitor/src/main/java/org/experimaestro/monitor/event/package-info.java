/** The events of a workspace: those that its files tell, and further ones while somebody follows it. */
@NullMarked
package org.experimaestro.monitor.event;

import org.jspecify.annotations.NullMarked;
