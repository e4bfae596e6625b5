"""Certificates: issued for a completed day, verified by anyone, revoked and issued anew; they grant qualifications."""
