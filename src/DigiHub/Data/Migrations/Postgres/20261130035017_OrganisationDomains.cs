using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace DigiHub.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class OrganisationDomains : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "membership_requests");

            migrationBuilder.DropTable(
                name: "organisation_domains");
        }
    }
}
