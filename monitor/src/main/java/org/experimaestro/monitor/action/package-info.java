/** Actions on jobs, each of which shows its effect before it is performed. */
@NullMarked
package org.experimaestro.monitor.action;

import org.jspecify.annotations.NullMarked;
