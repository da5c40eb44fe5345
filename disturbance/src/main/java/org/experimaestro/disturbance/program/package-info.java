/** The packed program as a user calls it, for tests that need it whole, and their wish to run at all. */
package org.experimaestro.disturbance.program;
