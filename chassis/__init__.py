"""The microservice chassis: what every service needs and none writes again. Knows no domain."""
