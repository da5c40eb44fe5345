/** What has happened in a workspace, as a list of events in the order of time that goes on while somebody follows it. */
@NullMarked
package org.experimaestro.monitor.event;

import org.jspecify.annotations.NullMarked;
