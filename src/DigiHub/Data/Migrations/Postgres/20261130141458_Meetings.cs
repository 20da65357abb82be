using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DigiHub.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Meetings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "meeting_id",
                table: "bookings",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_bookings_meeting_id",
                table: "bookings",
                column: "meeting_id",
                filter: "meeting_id IS NOT NULL");

            migrationBuilder.AddCheckConstraint(
                name: "bookings_of_meeting",
                table: "bookings",
                sql: "meeting_id IS NULL OR (series_id IS NULL AND pool_id IS NULL)");

            migrationBuilder.AddForeignKey(
                name: "FK_bookings_bookings_meeting_id",
                table: "bookings",
                column: "meeting_id",
                principalTable: "bookings",
                principalColumn: "id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_bookings_bookings_meeting_id",
                table: "bookings");

            migrationBuilder.DropIndex(
                name: "IX_bookings_meeting_id",
                table: "bookings");

            migrationBuilder.DropCheckConstraint(
                name: "bookings_of_meeting",
                table: "bookings");

            migrationBuilder.DropColumn(
                name: "meeting_id",
                table: "bookings");
        }
    }
}
