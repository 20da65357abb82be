using DigiHub.Notifications;

namespace DigiHub.Mail;

public static class DroppedNotifications
{
    extension(IQueryable<Notification> notifications)
    {
        /// <summary>Leased by a worker for so long that it must have died over them.</summary>
        public IQueryable<Notification> Dropped(DeliveryPace pace, Instant now)
        {
            var (leasedBefore, sendingBefore) = (now - pace.LeaseLife, now - pace.HandOverLife);
            return notifications.Where(notification => (notification.State == NotificationState.Leased && notification.LeasedAt < leasedBefore)
                || (notification.State == NotificationState.Sending && notification.LeasedAt < sendingBefore && notification.CarriedBy == null));
        }
    }
}
