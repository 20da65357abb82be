using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace DigiHub.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class DomainsAndSeries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "own_fields",
                table: "bookings",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "None");

            migrationBuilder.AddColumn<LocalDate>(
                name: "series_date",
                table: "bookings",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "series_id",
                table: "bookings",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "booking_series",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    booked_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    site_id = table.Column<int>(type: "integer", nullable: false),
                    space_id = table.Column<int>(type: "integer", nullable: false),
                    pattern = table.Column<string>(type: "character varying(3818)", maxLength: 3818, nullable: false),
                    from_date = table.Column<LocalDate>(type: "date", nullable: false),
                    start_time = table.Column<LocalTime>(type: "time", nullable: true),
                    end_time = table.Column<LocalTime>(type: "time", nullable: true),
                    part = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    title = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    reminds_as_usual = table.Column<bool>(type: "boolean", nullable: false),
                    reminder_minutes_before = table.Column<int>(type: "integer", nullable: true),
                    reminder_day_before_at = table.Column<LocalTime>(type: "time", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    continues_id = table.Column<Guid>(type: "uuid", nullable: true),
                    calendar_sequence = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_booking_series", x => x.id);
                    table.CheckConstraint("booking_series_times", "(part IS NULL) = (start_time IS NOT NULL) AND (part IS NULL) = (end_time IS NOT NULL)");
                    table.ForeignKey(
                        name: "FK_booking_series_booking_series_continues_id",
                        column: x => x.continues_id,
                        principalTable: "booking_series",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "FK_booking_series_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_booking_series_spaces_space_id",
                        column: x => x.space_id,
                        principalTable: "spaces",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "membership_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<int>(type: "integer", nullable: false),
                    asked_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_membership_requests", x => x.id);
                    table.ForeignKey(
                        name: "FK_membership_requests_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_membership_requests_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "organisation_domains",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<int>(type: "integer", nullable: false),
                    domain = table.Column<string>(type: "character varying(244)", maxLength: 244, nullable: false),
                    token = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    added_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    verified_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    checked_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    missing_since = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_organisation_domains", x => x.id);
                    table.ForeignKey(
                        name: "FK_organisation_domains_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "series_exceptions",
                columns: table => new
                {
                    series_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<LocalDate>(type: "date", nullable: false),
                    reason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_series_exceptions", x => new { x.series_id, x.date });
                    table.ForeignKey(
                        name: "FK_series_exceptions_booking_series_series_id",
                        column: x => x.series_id,
                        principalTable: "booking_series",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_bookings_series_id_series_date",
                table: "bookings",
                columns: new[] { "series_id", "series_date" },
                unique: true,
                filter: "series_id IS NOT NULL");

            migrationBuilder.AddCheckConstraint(
                name: "bookings_of_series",
                table: "bookings",
                sql: "(series_id IS NULL) = (series_date IS NULL)");

            migrationBuilder.CreateIndex(
                name: "IX_booking_series_continues_id",
                table: "booking_series",
                column: "continues_id");

            migrationBuilder.CreateIndex(
                name: "IX_booking_series_member_id",
                table: "booking_series",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "IX_booking_series_space_id",
                table: "booking_series",
                column: "space_id");

            migrationBuilder.CreateIndex(
                name: "IX_membership_requests_member_id_organisation_id",
                table: "membership_requests",
                columns: new[] { "member_id", "organisation_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_membership_requests_organisation_id",
                table: "membership_requests",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "IX_organisation_domains_domain",
                table: "organisation_domains",
                column: "domain",
                unique: true,
                filter: "verified_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_organisation_domains_organisation_id_domain",
                table: "organisation_domains",
                columns: new[] { "organisation_id", "domain" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_bookings_booking_series_series_id",
                table: "bookings",
                column: "series_id",
                principalTable: "booking_series",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_bookings_booking_series_series_id",
                table: "bookings");

            migrationBuilder.DropTable(
                name: "membership_requests");

            migrationBuilder.DropTable(
                name: "organisation_domains");

            migrationBuilder.DropTable(
                name: "series_exceptions");

            migrationBuilder.DropTable(
                name: "booking_series");

            migrationBuilder.DropIndex(
                name: "IX_bookings_series_id_series_date",
                table: "bookings");

            migrationBuilder.DropCheckConstraint(
                name: "bookings_of_series",
                table: "bookings");

            migrationBuilder.DropColumn(
                name: "own_fields",
                table: "bookings");

            migrationBuilder.DropColumn(
                name: "series_date",
                table: "bookings");

            migrationBuilder.DropColumn(
                name: "series_id",
                table: "bookings");
        }
    }
}
