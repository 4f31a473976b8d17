"""What a complaint is: enums, validated forms, tables. Imports nothing of the house."""
