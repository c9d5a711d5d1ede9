"""What follows: one patient's calendar from the plan, the site and the course."""
